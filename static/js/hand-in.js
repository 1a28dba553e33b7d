/* Handing in: waits until every answer has reached the server, then hands in as the
   outbox's last message. Offline it says so and goes on by itself. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-hand-in]");
  if (!form || !window.fetch) return;

  var submitUrl = form.getAttribute("action");
  var button = form.querySelector("button:not([name])");
  var line = Xuetang.createStatus(form.querySelector("[data-saved]"), ["saved", "pending", "sending"], ["offline"]);
  var say = line.say;
  var outbox = Xuetang.createOutbox(Xuetang.memberId());
  var isHandingIn = false; /* hers is in the box, and what became of it is not yet known */

  function isHandIn(message) { return message.url === submitUrl && message.body.submit; }

  function isWaiting() { return outbox.list().some(isHandIn); }

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
    line.forget();
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
