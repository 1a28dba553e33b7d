/* Changes the text size at once and tells the server in the background.
   Without this script the same form posts normally. */
(function () {
  "use strict";

  var SIZES = ["", "l", "xl"];
  var root = document.documentElement;

  /* The single button in the header always offers the next size. */
  function showNextSize(form, size) {
    var labels = form.getAttribute("data-labels").split("|");
    var current = SIZES.indexOf(size);
    var button = form.querySelector("button[name=size]");
    button.value = SIZES[(current + 1) % SIZES.length];
    button.querySelector("span").textContent = labels[current];
  }

  function showChosenSize(form, size) {
    form.querySelectorAll("button[name=size]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.value === size));
    });
  }

  function apply(size) {
    root.setAttribute("data-size", size);
    document.querySelectorAll("form[data-text-size]").forEach(function (form) {
      if (form.hasAttribute("data-labels")) showNextSize(form, size);
      else showChosenSize(form, size);
    });
  }

  function remember(form, size) {
    var data = new FormData(form);
    data.set("size", size);
    fetch(form.action, { method: "POST", body: data, credentials: "same-origin" }).catch(function () {
      /* The page already shows the size; the next change will be sent again. */
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("form[data-text-size] button[name=size]");
    if (!button || !window.fetch) return;
    event.preventDefault();
    var size = button.value;
    remember(button.form, size);
    apply(size);
  });
})();
