/* Ordering questions: arrows that move an item up or down, in place of one picker per rank.
   The pickers stay the answer: they are only hidden, written to and told of the change. */
(function () {
  "use strict";

  function list(nodes) { return Array.prototype.slice.call(nodes); }

  function enhance(box) {
    var rows = box.querySelector("[data-arrange-list]");
    var selects = list(box.querySelectorAll("select"));
    var hint = box.querySelector("[data-arrange-hint]");
    var status = box.querySelector("[data-arrange-status]");
    var keep = document.createElement("button");
    if (box.hasAttribute("data-arranged")) return;
    box.setAttribute("data-arranged", "");
    box.classList.add("is-arranged");

    function say(name, item, place) {
      return box.getAttribute("data-text-" + name).replace("{item}", item || "").replace("{n}", place);
    }

    function idOf(row) { return row.getAttribute("data-item"); }

    function isAnswered() { return selects.some(function (select) { return select.value !== ""; }); }

    function showState() {
      var all = list(rows.children);
      all.forEach(function (row, i) {
        row.querySelector("b").textContent = i + 1;
        row.querySelector("[data-way='-1']").disabled = i === 0;
        row.querySelector("[data-way='1']").disabled = i === all.length - 1;
      });
      hint.textContent = say(isAnswered() ? "arranged" : "untouched");
      keep.disabled = isAnswered();
    }

    /* What the pickers hold comes first, in their order; what they do not hold follows. */
    function readSelects() {
      var wanted = selects.map(function (select) { return select.value; }).filter(Boolean);
      var all = list(rows.children);
      wanted.forEach(function (id) {
        all.forEach(function (row) { if (idOf(row) === id) rows.appendChild(row); });
      });
      all.forEach(function (row) { if (wanted.indexOf(idOf(row)) === -1) rows.appendChild(row); });
      showState();
    }

    function writeSelects() {
      list(rows.children).forEach(function (row, i) { selects[i].value = idOf(row); });
      selects[0].dispatchEvent(new Event("change", { bubbles: true }));
      showState();
    }

    function move(row, way, button) {
      var before = way < 0 ? row.previousElementSibling : row.nextElementSibling.nextElementSibling;
      rows.insertBefore(row, before);
      writeSelects();
      (button.disabled ? row.querySelector("[data-way='" + -way + "']") : button).focus();
      status.textContent = say("moved", row.getAttribute("data-name"), list(rows.children).indexOf(row) + 1);
    }

    function addButton(row, way, name, sign) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("data-way", way);
      button.setAttribute("aria-label", say(name, row.getAttribute("data-name")));
      button.addEventListener("click", function () { move(row, way, button); });
      row.appendChild(button);
    }

    /* The order that is shown may be the right one: this takes it as the answer. */
    keep.type = "button";
    keep.className = "btn o";
    keep.textContent = say("keep");
    keep.addEventListener("click", writeSelects);
    rows.parentNode.insertBefore(keep, rows.nextSibling);
    list(rows.children).forEach(function (row) {
      row.insertBefore(document.createElement("b"), row.firstChild);
      addButton(row, -1, "up", "↑");
      addButton(row, 1, "down", "↓");
    });
    readSelects();

    /* quiz.js writes a newer answer from another phone, or one from the outbox, to the pickers. */
    function refresh() { setTimeout(readSelects, 0); }
    ["pageshow", "outbox:sent", "outbox:refused", "quiz:shown"].forEach(function (name) {
      window.addEventListener(name, refresh);
    });
  }

  list(document.querySelectorAll("[data-arrange]")).forEach(enhance);
})();
