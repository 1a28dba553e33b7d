// Quick keys of the marking desk. They rest while she is writing.
(function () {
  "use strict";

  var form = document.querySelector("[data-marking]");
  if (!form) { return; }
  var fields = form.querySelectorAll("input[data-full]");

  function fill(give) {
    for (var i = 0; i < fields.length; i++) { fields[i].value = give(fields[i]); }
  }

  function follow(selector) {
    var link = form.querySelector(selector);
    if (link) { window.location.assign(link.href); }
  }

  var keys = {
    f: function () { fill(function (field) { return field.getAttribute("data-full"); }); },
    z: function () { fill(function () { return "0"; }); },
    p: function () { follow("[data-previous]"); },
    n: function () { follow("[data-next]"); }
  };

  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.ctrlKey) { form.querySelector("[type=submit]").click(); }
    var isWriting = /^(TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.type === "search";
    var act = keys[(event.key || "").toLowerCase()];
    if (!act || isWriting || event.ctrlKey || event.altKey || event.metaKey) { return; }
    event.preventDefault();
    act();
  });

  if (fields.length) { fields[0].focus(); }
})();
