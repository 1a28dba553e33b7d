// What may be meant, below the search field while one types. Without this file it is a plain form.
(function () {
  "use strict";
  var PAUSE = 200; // ms between the last key and the question
  var form = document.querySelector("[data-suggest]");
  if (!form || !window.fetch) return;

  var input = form.querySelector("input"), box = document.createElement("div"), timer, asked = "";
  box.setAttribute("aria-live", "polite");
  form.parentNode.insertBefore(box, form.nextSibling);

  function show(text, html) {
    if (text === asked) box.innerHTML = html; // an older answer may come later
  }

  function ask() {
    var text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (!text || text.length > 80) return show(text, "");
    fetch(form.getAttribute("data-suggest") + "?q=" + encodeURIComponent(text), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { show(text, html); })
      .catch(function () { show(text, ""); });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  asked = input.value.trim();
  input.addEventListener("input", function (event) {
    if (!event.isComposing) later(); // half a character of an input method is no word yet
  });
  input.addEventListener("compositionend", later);
  form.parentNode.addEventListener("keydown", function (event) {
    if (event.key === "Escape") show(asked, "");
  });
})();
