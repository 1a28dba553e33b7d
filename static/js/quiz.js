/* One question of an attempt: every change is kept at once in the outbox and sent.
   The server's clock, corrected by the time this page has been open, numbers the
   answers, so an older one never replaces a newer one. */
(function () {
  "use strict";

  var TYPING_PAUSE = 600; /* ms */
  var form = document.querySelector("form[data-attempt]");
  if (!form || !window.fetch) return;

  function data(name) { return form.getAttribute("data-" + name); }

  var index = Number(data("index"));
  var saveUrl = data("save-url");
  var submitUrl = data("submit-url");
  var seqKey = "xuetang:seq:" + data("attempt");
  var status = document.querySelector("[data-saved]");
  var answeredPlaces = document.querySelectorAll("[data-answered]");
  var inputs = Array.prototype.slice.call(form.querySelectorAll("[data-question] input, [data-question] textarea, [data-question] select"));
  var isHeld = false;
  var isTimeUp = false;
  var timer;

  /* --- the server's clock: from the moment the page ran, so never ahead of it. One of the two
     clocks may stand still while the phone sleeps; the later one is right. --- */
  var openedAt = { steady: performance.now(), wall: Date.now() };

  function serverNow() {
    var open = Math.max(performance.now() - openedAt.steady, Date.now() - openedAt.wall);
    return Number(data("now")) + open;
  }

  function readLastSeq() {
    try { return Number(window.localStorage.getItem(seqKey)) || 0; } catch (error) { return 0; }
  }
  var lastSeq = 0;
  function nextSeq() {
    lastSeq = Math.max(Math.round(serverNow()), lastSeq + 1, readLastSeq() + 1);
    try { window.localStorage.setItem(seqKey, lastSeq); } catch (error) { /* memory will do */ }
    return lastSeq;
  }

  /* --- the answer in the form --- */
  function isChoice(input) { return input.type === "radio" || input.type === "checkbox"; }

  function readResponse() {
    return inputs.filter(function (input) { return !isChoice(input) || input.checked; })
      .map(function (input) { return input.value; });
  }

  function showResponse(response) {
    var texts = response.slice();
    inputs.forEach(function (input) {
      if (isChoice(input)) input.checked = response.indexOf(input.value) !== -1;
      else input.value = texts.shift() || "";
    });
  }

  function isAnswered() { return readResponse().some(function (value) { return value.trim() !== ""; }); }

  var answeredElsewhere = Number(data("answered-count")) - (isAnswered() ? 1 : 0);
  var savedResponse = JSON.stringify(readResponse());
  form.elements.seq.value = Math.round(Number(data("now"))); /* unchanged answers count as of the page's load */

  /* --- the status line --- */
  function say(name, number) {
    var text = status.getAttribute("data-text-" + name) || name;
    status.querySelector("span").textContent = text.replace("{n}", number);
    status.classList.toggle("is-off", name !== "saved" && name !== "sending");
  }

  var outbox = Xuetang.createOutbox(Xuetang.memberId());
  var isSettling = outbox.pending() > 0; /* something was sent from here and its fate is not yet shown */

  function sayRefused(reply) { isSettling = false; say(reply.message || "refused", 0); }

  /* An answer that never reached the server is newer than what the page brought. */
  outbox.list().forEach(function (message) {
    var body = message.body;
    if (message.url !== saveUrl || body.index !== index || body.seq <= Number(data("seq"))) return;
    showResponse(body.response);
    savedResponse = JSON.stringify(body.response);
    form.elements.seq.value = body.seq;
  });

  function save() {
    clearTimeout(timer);
    var response = readResponse();
    if (JSON.stringify(response) === savedResponse) return;
    savedResponse = JSON.stringify(response);
    var seq = nextSeq();
    isSettling = true;
    form.elements.seq.value = seq;
    outbox.add(saveUrl, { index: index, response: response, seq: seq });
  }

  form.addEventListener("change", save);
  form.addEventListener("input", function (event) {
    if (isChoice(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(save, TYPING_PAUSE);
  });
  window.addEventListener("pagehide", save);
  form.addEventListener("submit", function (event) {
    save();
    if (!outbox.isOffline() || (isHeld && navigator.onLine)) return;
    event.preventDefault(); /* a browser's error page would only frighten her */
    isHeld = true;          /* but if only our own posts fail, the second press goes through */
    outbox.flush();
  });

  /* --- what the server says --- */
  function countAnswered() {
    var count = answeredElsewhere + (isAnswered() ? 1 : 0);
    answeredPlaces.forEach(function (place) { place.textContent = count; });
  }

  /* A newer answer from her other phone comes back with the refusal: show that one. */
  function takeRefusal(body, reply) {
    if (body.index === index && Array.isArray(reply.response)) {
      showResponse(reply.response);
      savedResponse = JSON.stringify(readResponse());
    }
    sayRefused(reply);
  }

  window.addEventListener("outbox:change", function (event) {
    var pending = event.detail.pending;
    if (!pending && isTimeUp && navigator.onLine !== false) window.location.reload(); /* another tab has handed in */
    else if (!pending) { if (isSettling) say("saved", 0); }
    else if (outbox.isOffline()) say(isHeld ? "wait" : "offline", pending);
    else say("sending", pending);
  });
  window.addEventListener("outbox:sent", function (event) {
    var url = event.detail.message.url;
    var reply = event.detail.reply;
    if (url !== saveUrl && url !== submitUrl) return;
    if (reply.result_url) { isTimeUp = false; window.location.assign(reply.result_url); }
    else if (reply.saved) countAnswered();
    else takeRefusal(event.detail.message.body, reply);
  });
  window.addEventListener("outbox:refused", function (event) { sayRefused(event.detail.reply); });
  window.addEventListener("outbox:signin", function () { setTimeout(function () { say("signin", 0); }, 0); });
  outbox.flush();

  /* --- the end of the time: countdown.js says when --- */
  window.addEventListener("quiz:time-up", function () {
    save();
    isTimeUp = true;
    outbox.add(submitUrl, { submit: true });
  });
})();
