/* A question's answer as its inputs hold it: a flat list of texts, as the server stores it.
   Inside a case (材料题) part k's inputs end in ".k", and their values become "k:value". */
var Xuetang = window.Xuetang || {};

(function () {
  "use strict";

  var NAME = /response(?:\.(\d+))?$/;

  function isChoice(input) { return input.type === "radio" || input.type === "checkbox"; }

  function prefixOf(input) {
    var part = NAME.exec(input.name)[1];
    return part === undefined ? "" : part + ":";
  }

  function findInputs(section) {
    var all = section.querySelectorAll("input, textarea, select");
    return Array.prototype.filter.call(all, function (input) { return NAME.test(input.name); });
  }

  Xuetang.isTyped = function (input) { return !isChoice(input) && input.tagName !== "SELECT"; };

  Xuetang.readAnswer = function (section) {
    return findInputs(section)
      .filter(function (input) { return !isChoice(input) || input.checked; })
      .map(function (input) { return prefixOf(input) + input.value; });
  };

  Xuetang.showAnswer = function (section, response) {
    var left = response.slice();
    function takeText(prefix) {
      for (var place = 0; place < left.length; place += 1) {
        if (left[place].indexOf(prefix) === 0) return left.splice(place, 1)[0].slice(prefix.length);
      }
      return "";
    }
    findInputs(section).forEach(function (input) {
      if (isChoice(input)) input.checked = response.indexOf(prefixOf(input) + input.value) !== -1;
      else input.value = takeText(prefixOf(input));
    });
    section.dispatchEvent(new CustomEvent("quiz:shown", { bubbles: true }));
  };

  Xuetang.holdsAnswer = function (section) {
    return findInputs(section).some(function (input) {
      return isChoice(input) ? input.checked : input.value.trim() !== "";
    });
  };

  /* The server's clock: from the moment the page ran, so never ahead of it. One of the two
     clocks may stand still while the phone sleeps; the later one is right. */
  Xuetang.createServerClock = function (loadedAt) {
    var steady = performance.now();
    var wall = Date.now();
    return function () {
      return loadedAt + Math.max(performance.now() - steady, Date.now() - wall);
    };
  };

  /* Numbers for the answers of one attempt: on the server's clock, and always rising. */
  Xuetang.createSequence = function (attempt, serverNow) {
    var key = "xuetang:seq:" + attempt;
    var last = 0;
    function readLast() {
      try { return Number(window.localStorage.getItem(key)) || 0; } catch (error) { return 0; }
    }
    return function () {
      last = Math.max(Math.round(serverNow()), last + 1, readLast() + 1);
      try { window.localStorage.setItem(key, last); } catch (error) { /* memory will do */ }
      return last;
    };
  };

  window.Xuetang = Xuetang;
})();
