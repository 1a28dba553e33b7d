/* The number pad of an iPhone has no minus: a button beside the field turns the sign. */
(function () {
  "use strict";

  if (!/iP(hone|od|ad)/.test(navigator.userAgent)) return;

  function enhance(input) {
    var button = document.createElement("button");
    if (input.hasAttribute("data-signed")) return;
    input.setAttribute("data-signed", "");
    button.type = "button";
    button.className = "sign";
    button.textContent = "±";
    button.setAttribute("aria-label", input.getAttribute("data-text-sign"));
    button.addEventListener("click", function () {
      input.value = input.value.charAt(0) === "-" ? input.value.slice(1) : "-" + input.value;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    });
    input.parentNode.appendChild(button);
    input.parentNode.classList.add("has-sign");
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-number]"), enhance);
})();
