/* Copies the address of an article; without this script the link only leads there. */
(function () {
  "use strict";

  var SHOWN = 2000; /* ms */

  /* Old WebViews have no clipboard to write to. */
  function copyByHand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "vh";
    document.body.appendChild(field);
    field.select();
    var isCopied = document.execCommand("copy");
    document.body.removeChild(field);
    return isCopied ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function copy(text) {
    if (!navigator.clipboard) return copyByHand(text);
    return navigator.clipboard.writeText(text).catch(function () { return copyByHand(text); });
  }

  function say(link) {
    var words = link.firstChild;
    var before = words.nodeValue, after = link.getAttribute("data-copied");
    if (before === after) return;
    words.nodeValue = after;
    window.setTimeout(function () { words.nodeValue = before; }, SHOWN);
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-copied]");
    if (link) copy(link.href).then(function () { say(link); }, function () { /* It leads there still. */ });
  });
})();
