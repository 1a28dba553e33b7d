// A job's page follows its progress; without this script there is the reload link.
(function () {
  "use strict";

  var box = document.querySelector("[data-job-url]");

  function isFinished() {
    return box.querySelector("[data-job-finished]") !== null;
  }

  function look() {
    fetch(box.getAttribute("data-job-url"), { credentials: "same-origin" })
      .then(function (response) {
        if (!response.ok) { throw new Error(response.status); }
        return response.text();
      })
      .then(function (html) {
        box.innerHTML = html;
        if (!isFinished()) { wait(); return; }
        // The result may be a page of its own: the address knows. Beside a form nothing is reloaded.
        if (!box.hasAttribute("data-job-stays")) { window.location.reload(); }
      })
      .catch(wait);
  }

  function wait() { window.setTimeout(look, 2000); }

  if (box && !isFinished()) { wait(); }
})();
