/* How many characters a long answer still has room for. */
(function () {
  "use strict";

  function enhance(area) {
    var line = document.createElement("span");
    if (area.hasAttribute("data-counting")) return;
    area.setAttribute("data-counting", "");
    line.className = "hint";
    area.parentNode.appendChild(line);

    function show() {
      var left = area.maxLength - area.value.length;
      line.textContent = area.getAttribute("data-text-left").replace("{n}", Math.max(0, left));
    }

    area.addEventListener("input", show);
    ["pageshow", "outbox:sent"].forEach(function (name) {
      window.addEventListener(name, function () { setTimeout(show, 0); });
    });
    show();
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-counted]"), enhance);
})();
