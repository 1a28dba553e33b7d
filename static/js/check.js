/* "看答案": the answer goes into the outbox with the wish to have it judged, so it survives a lost
   connection; once the server has judged it, the page is loaded again and shows how it was. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-attempt]");
  var button = form && form.querySelector("[data-check]");
  if (!button || !window.fetch) return;

  function data(name) { return form.getAttribute("data-" + name); }

  var saveUrl = data("save-url");
  var section = form.querySelector("[data-question]");
  var index = Number(section.getAttribute("data-question"));
  var line = Xuetang.createStatus(form.querySelector("[data-saved]"), ["checking"], ["check-wait"]);
  var say = line.say;
  var outbox = Xuetang.createOutbox(Xuetang.memberId());
  var nextSeq = Xuetang.createSequence(data("attempt"), Xuetang.createServerClock(Number(data("now"))));
  var wasWaiting = false;

  function isOurs(message) {
    return message.url === saveUrl && message.body.check && message.body.index === index;
  }

  function isWaiting() { return outbox.list().some(isOurs); }

  /* What is to be judged stays as it is until it has been. */
  function show() {
    var waits = isWaiting();
    if (wasWaiting && !waits && navigator.onLine !== false) return window.location.reload();
    wasWaiting = waits;
    button.disabled = waits;
    section.querySelector("fieldset").disabled = waits;
    if (waits) say(outbox.isOffline() ? "check-wait" : "checking");
  }

  button.addEventListener("click", function (event) {
    event.preventDefault();
    line.forget();
    if (!Xuetang.holdsAnswer(section)) return say("empty");
    if (isWaiting()) return undefined;
    outbox.add(saveUrl, { index: index, response: Xuetang.readAnswer(section), seq: nextSeq(), check: true });
    return show();
  });
  window.addEventListener("outbox:change", show);
  window.addEventListener("outbox:sent", function (event) {
    if (!isOurs(event.detail.message)) return;
    wasWaiting = false;
    if (event.detail.reply.result_url) window.location.assign(event.detail.reply.result_url);
    else window.location.reload();
  });
  window.addEventListener("outbox:refused", function (event) {
    if (isOurs(event.detail.message)) wasWaiting = false;
  });
  show();
})();
