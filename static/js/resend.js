/* Answers and reports that still wait on this phone go out from whatever page she opens next.
   Pages with an outbox of their own (question, hand-in, lesson) send for themselves. */
(function () {
  "use strict";

  if (!window.fetch || document.querySelector("[data-attempt], [data-hand-in], [data-media], [data-kind='text']:not([data-completed])")) return;
  var outbox = Xuetang.createOutbox(Xuetang.memberId());
  if (outbox.pending()) outbox.flush();
})();
