/* Handing in: waits until every answer has reached the server, then hands in as the
   outbox's last message. Offline it says so and goes on by itself. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-hand-in]");
  if (!form || !window.fetch) return;

  var submitUrl = form.getAttribute("action");
  var button = form.querySelector("button:not([name])");
  var status = form.querySelector("[data-saved]");
  var signIn = status.querySelector("[data-sign-in]");
  var outbox = Xuetang.createOutbox(Xuetang.memberId());
  var said = "";
  var isHandingIn = false; /* hers is in the box, and what became of it is not yet known */

  function isHandIn(message) { return message.url === submitUrl && message.body.submit; }

  function isWaiting() { return outbox.list().some(isHandIn); }

  function say(name, number) {
    var text = status.getAttribute("data-text-" + name) || name;
    var isQuiet = name === "saved" || name === "pending" || name === "sending";
    status.querySelector("span").textContent = text.replace("{n}", number);
    status.classList.toggle("is-off", name === "offline");
    status.classList.toggle("is-told", !isQuiet && name !== "offline");
    signIn.hidden = name !== "signin";
    signIn.search = "?next=" + encodeURIComponent(window.location.pathname + window.location.hash);
    if (!isQuiet && name !== said) status.scrollIntoView({ block: "nearest" });
    if (name !== "sending") said = name; /* what is said again does not pull her back */
  }

  function show() {
    var isGone = isHandingIn && !isWaiting();
    if (isGone && navigator.onLine !== false) return form.submit(); /* another tab has sent it; twice is the same as once */
    isHandingIn = isWaiting();
    var answers = outbox.pending() - (isHandingIn ? 1 : 0);
    button.disabled = isHandingIn;
    if (isHandingIn) say(outbox.isOffline() ? "offline" : "sending", 0);
    else if (answers) say("pending", answers);
    else say("saved", 0);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    said = "";
    if (!isWaiting()) outbox.add(submitUrl, { submit: true });
    show();
  });
  window.addEventListener("outbox:change", show);
  window.addEventListener("outbox:sent", function (event) {
    var reply = event.detail.reply;
    if (!isHandIn(event.detail.message)) return;
    isHandingIn = false;
    if (reply.result_url) window.location.assign(reply.result_url);
  });
  window.addEventListener("outbox:refused", function (event) {
    if (!isHandIn(event.detail.message)) return;
    isHandingIn = false;
    setTimeout(function () { say(event.detail.reply.message || "refused", 0); }, 0);
  });
  window.addEventListener("outbox:signin", function () {
    setTimeout(function () { button.disabled = false; say("signin", 0); }, 0);
  });
  outbox.flush();
  show();
})();
