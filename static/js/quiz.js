/* The questions of an attempt, one or all of them on the page: every change is kept at once in
   the outbox and sent. The server's clock numbers the answers, so an older one never replaces a
   newer one. Says "quiz:answered" on window whenever an answer has changed. */
(function () {
  "use strict";

  var TYPING_PAUSE = 600; /* ms */
  var form = document.querySelector("form[data-attempt]");
  if (!form || !window.fetch) return;

  function data(name) { return form.getAttribute("data-" + name); }

  var saveUrl = data("save-url");
  var batchUrl = data("batch-url");
  var submitUrl = data("submit-url");
  var status = form.querySelector("[data-saved]");
  var line = Xuetang.createStatus(status, ["saved", "sending", "offline"], ["offline", "wait"]);
  var say = line.say;
  var counters = document.querySelectorAll("[data-answered]");
  var nextSeq = Xuetang.createSequence(data("attempt"), Xuetang.createServerClock(Number(data("now"))));
  var outbox = Xuetang.createOutbox(Xuetang.memberId());
  var isHeld = false;
  var isTimeUp = false;
  var isSettling = outbox.pending() > 0; /* something was sent from here and its fate is not yet shown */
  var timer;

  /* --- the questions on this page --- */
  var questions = Array.prototype.map.call(form.querySelectorAll("[data-question]"), function (section) {
    return {
      section: section,
      index: Number(section.getAttribute("data-question")),
      seq: Number(section.getAttribute("data-seq")),
      saved: JSON.stringify(Xuetang.readAnswer(section))
    };
  });

  function findQuestion(index) {
    return questions.filter(function (question) { return question.index === index; })[0];
  }

  function isAnswered(question) { return Xuetang.holdsAnswer(question.section); }

  function show(question, response) {
    Xuetang.showAnswer(question.section, response);
    question.saved = JSON.stringify(Xuetang.readAnswer(question.section));
  }

  /* A form that goes to the server as a form says how old its answer is. */
  function markForm(seq) { if (form.elements.seq) form.elements.seq.value = seq; }

  var answeredElsewhere = Number(data("answered-count")) - questions.filter(isAnswered).length;
  markForm(Math.round(Number(data("now")))); /* unchanged answers count as of the page's load */

  function showCount() {
    var count = answeredElsewhere + questions.filter(isAnswered).length;
    Array.prototype.forEach.call(counters, function (place) { place.textContent = count; });
    window.dispatchEvent(new CustomEvent("quiz:answered"));
  }

  function sayRefused(reply) { isSettling = false; say(reply.message || "refused", 0); }

  /* An answer that never reached the server is newer than what the page brought. */
  outbox.list().forEach(function (message) {
    var isOurs = message.url === saveUrl || (batchUrl && message.batch === batchUrl);
    var question = isOurs && findQuestion(message.body.index);
    if (!question || message.body.seq <= question.seq) return;
    show(question, message.body.response);
    markForm(message.body.seq);
  });

  /* --- saving --- */
  function saveOne(question) {
    var response = Xuetang.readAnswer(question.section);
    if (JSON.stringify(response) === question.saved) return;
    question.saved = JSON.stringify(response);
    var seq = nextSeq();
    isSettling = true;
    markForm(seq);
    var body = { index: question.index, response: response, seq: seq };
    if (question.section.querySelector("[data-number]")) body.hint = true; /* can it be read? */
    outbox.add(saveUrl, body, batchUrl);
    showCount();
  }

  function save() {
    clearTimeout(timer);
    questions.forEach(saveOne);
  }

  form.addEventListener("change", save);
  form.addEventListener("input", function (event) {
    if (!Xuetang.isTyped(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(save, TYPING_PAUSE);
  });
  window.addEventListener("pagehide", save);
  window.addEventListener("hashchange", save);
  /* Where questions are stepped through, nothing but Enter in a text field submits the form, and
     the whole page as of now would overwrite what another phone has changed since. */
  function isStepping() {
    var next = form.querySelector("[data-next]");
    return Boolean(next && !next.hidden);
  }

  form.addEventListener("submit", function (event) {
    line.forget();
    save();
    if (isStepping()) return event.preventDefault();
    if (!outbox.isOffline() || (isHeld && navigator.onLine)) return;
    event.preventDefault(); /* a browser's error page would only frighten her */
    isHeld = true;          /* but if only our own posts fail, the second press goes through */
    outbox.flush();
  });

  /* --- what the server says --- */
  /* What she should know of her answer, e.g. that it cannot be read as a number. */
  function showHint(body, hint) {
    var question = findQuestion(body.index);
    var place = question && question.section.querySelector("[data-hint]");
    if (!place || JSON.stringify(body.response) !== question.saved) return;
    place.textContent = hint;
    if (form.elements.told) form.elements.told.value = hint;
  }

  /* A newer answer from her other phone comes back with the refusal: show that one. */
  function takeRefusal(body, reply) {
    var question = findQuestion(body.index);
    if (question && Array.isArray(reply.response)) show(question, reply.response);
    showCount();
    sayRefused(reply);
  }

  window.addEventListener("outbox:change", function (event) {
    var pending = event.detail.pending;
    if (!pending && isTimeUp && navigator.onLine !== false) window.location.replace(window.location.pathname); /* another tab has handed in; the server leads on, without the place */
    else if (!pending) { if (isSettling) say("saved", 0); }
    else if (outbox.isOffline()) say(isHeld ? "wait" : "offline", pending);
    else say("sending", pending);
  });
  window.addEventListener("outbox:sent", function (event) {
    var message = event.detail.message;
    var reply = event.detail.reply;
    if (message.url !== saveUrl && message.url !== submitUrl) return;
    if (reply.result_url) { isTimeUp = false; window.location.assign(reply.result_url); }
    else if (reply.too_early) { isTimeUp = false; window.location.reload(); } /* her phone's clock has jumped */
    else if (reply.saved) {
      if (typeof reply.hint === "string") showHint(message.body, reply.hint);
      showCount();
    }
    else takeRefusal(message.body, reply);
  });
  window.addEventListener("outbox:refused", function (event) { sayRefused(event.detail.reply); });
  window.addEventListener("outbox:signin", function () { setTimeout(function () { say("signin", 0); }, 0); });
  status.hidden = false;
  showCount();
  outbox.flush();

  /* --- the end of the time: countdown.js says when --- */
  window.addEventListener("quiz:time-up", function () {
    save();
    isTimeUp = true;
    outbox.add(submitUrl, { time_up: true });
  });
})();
