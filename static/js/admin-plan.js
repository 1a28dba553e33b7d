// How many are due follows what is chosen; without this script there is the button.
(function () {
  "use strict";

  var NAMES = ["federation", "reach", "levels", "positions"];
  var asked = 0;
  var timer = null;

  function look(box, form) {
    var query = new URLSearchParams();
    var mine = ++asked;
    new FormData(form).forEach(function (value, name) {
      if (NAMES.indexOf(name) >= 0) { query.append(name, value); }
    });
    fetch(box.getAttribute("data-audience-url") + "?" + query, { credentials: "same-origin" })
      .then(function (response) {
        if (!response.ok) { throw new Error(response.status); }
        return response.text();
      })
      .then(function (text) {
        // An older answer that comes late is not shown.
        if (mine === asked) { box.querySelector("[data-audience-text]").textContent = text; }
      })
      .catch(function () { /* the button still counts */ });
  }

  function begin() {
    var box = document.querySelector("[data-audience-url]");
    var form = box && box.closest("form");
    if (!form) { return; }
    form.addEventListener("change", function (event) {
      if (NAMES.indexOf(event.target.name) < 0) { return; }
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { look(box, form); }, 300);
    });
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
