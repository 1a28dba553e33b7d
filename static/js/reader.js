/* Notes which paragraphs of a text lesson were on the screen for as long as a quick reader needs.
   Each paragraph is a part of an axis in tenths of a second (data-from, data-to). Time that passes
   with the page shown goes to the first paragraph on the screen that is not read yet, then to the
   next one, as a reader's eyes do; a hidden page or a sleeping phone gives nothing. */
var Xuetang = window.Xuetang || {};

(function () {
  "use strict";

  var TICK = 500;       /* ms */
  var LONGEST_TICK = 3; /* ticks; after a longer gap the page was asleep */

  function readBlock(element) {
    var from = Number(element.getAttribute("data-from"));
    return { element: element, from: from, to: Number(element.getAttribute("data-to")), read: from };
  }

  /* Half of it, or as much of it as fills half of the screen. Asked twice a second: that costs less
     than an observer, and works in every browser. */
  function isOnScreen(block) {
    var place = block.element.getBoundingClientRect();
    var seen = Math.min(place.bottom, window.innerHeight) - Math.max(place.top, 0);
    return seen > 0 && seen >= Math.min(place.height, window.innerHeight) / 2;
  }

  Xuetang.createReader = function (text, known) {
    var blocks = Array.prototype.map.call(text.querySelectorAll("[data-from]"), readBlock);
    var finished = [];
    var last = Date.now();
    var position = 0;

    /* What the server has credited already need not be read again. */
    function skipKnown(block) {
      known.forEach(function (pair) {
        if (pair[0] * 10 <= block.read && pair[1] * 10 > block.read) block.read = Math.min(block.to, Math.round(pair[1] * 10));
      });
    }

    function readOn(block, amount) {
      var end = Math.min(block.to, block.read + amount);
      if (end > block.read) finished.push([block.read, end]);
      amount -= end - block.read;
      block.read = end;
      return amount;
    }

    function tick() {
      var passed = Date.now() - last;
      last = Date.now();
      if (document.hidden || passed > LONGEST_TICK * TICK) return;
      var shown = blocks.filter(isOnScreen);
      if (shown.length) position = shown[0].from;
      shown.reduce(function (left, block) { return left > 0 ? readOn(block, left) : 0; }, Math.round(passed / 100));
    }

    blocks.forEach(skipKnown);
    setInterval(tick, TICK);
    document.addEventListener("visibilitychange", function () { last = Date.now(); });

    return {
      take: function () {
        var taken = finished;
        finished = [];
        return taken.reduce(function (joined, pair) {
          var before = joined[joined.length - 1];
          if (before && before[1] === pair[0]) before[1] = pair[1];
          else joined.push(pair);
          return joined;
        }, []);
      },
      position: function () { return position; },
      isThrough: function () { return blocks.every(function (block) { return block.read >= block.to; }); },
      /* To the paragraph where she stopped, in tenths of a second. */
      goTo: function (moment) {
        var there = blocks.filter(function (block) { return block.from <= moment && moment < block.to; })[0];
        if (there) there.element.scrollIntoView({ block: "center" });
      }
    };
  };

  window.Xuetang = Xuetang;
})();
