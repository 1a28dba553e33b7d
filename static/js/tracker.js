/* Notes which parts of a video or audio were really played.
   Intervals are [start, end] in tenths of a second; seeking and jumps of the clock end an
   interval, so a skipped part is never counted. A film counts only while its page is shown; sound
   goes on with the screen off, where timers may come once a minute. */
var Xuetang = window.Xuetang || {};

(function () {
  "use strict";

  var SHORTEST = 0.3; /* seconds; anything less is noise of seeking */
  var SLACK = 0.35;   /* seconds by which media time may run ahead of the wall clock */

  function inTenths(interval) {
    return [Math.round(interval[0] * 10), Math.round(interval[1] * 10)];
  }

  /* One of the two clocks may stand still while the phone sleeps; the later one is right. */
  function createClock() {
    var steady = performance.now();
    var wall = Date.now();
    return function () {
      var passed = Math.max(performance.now() - steady, Date.now() - wall, 0) / 1000;
      steady = performance.now();
      wall = Date.now();
      return passed;
    };
  }

  Xuetang.createTracker = function (media, playsHidden) {
    var finished = [];
    var current = null;
    var lastMedia = 0;
    var readElapsed = createClock();

    function mark() { lastMedia = media.currentTime; }

    function close() {
      if (current && current[1] - current[0] >= SHORTEST) finished.push(inTenths(current));
      current = null;
    }

    function isPlaying(advance, elapsed) {
      var isRunning = !media.paused || elapsed < 1; /* the last moment before a pause counts */
      var isShown = playsHidden || !document.hidden;
      return isRunning && isShown && !media.seeking && advance > 0 && advance <= elapsed * media.playbackRate + SLACK;
    }

    function tick() {
      var advance = media.currentTime - lastMedia;
      if (isPlaying(advance, readElapsed())) {
        if (!current) current = [lastMedia, media.currentTime];
        else current[1] = media.currentTime;
      } else if (advance !== 0) {
        close();
      }
      mark();
    }

    function restart() { close(); mark(); readElapsed(); }

    ["timeupdate", "pause", "ended", "ratechange"].forEach(function (name) { media.addEventListener(name, tick); });
    ["seeking", "seeked", "playing"].forEach(function (name) { media.addEventListener(name, restart); });
    document.addEventListener("visibilitychange", function () {
      if (playsHidden) tick();
      else restart();
    });

    return {
      /* What was played since the last call. Playing goes on where it is. */
      take: function () {
        close();
        var taken = finished;
        finished = [];
        return taken;
      },
      position: function () { return Math.round(media.currentTime * 10); }
    };
  };

  window.Xuetang = Xuetang;
})();
