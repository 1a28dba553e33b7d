/* Notes which parts of a video or audio were really played.
   Intervals are [start, end] in tenths of a second; seeking, hiding the page and
   jumps of the clock end an interval, so a skipped part is never counted. */
var Xuetang = window.Xuetang || {};

(function () {
  "use strict";

  var SHORTEST = 0.3; /* seconds; anything less is noise of seeking */
  var SLACK = 0.35;   /* seconds by which media time may run ahead of the wall clock */

  function inTenths(interval) {
    return [Math.round(interval[0] * 10), Math.round(interval[1] * 10)];
  }

  Xuetang.createTracker = function (media) {
    var finished = [];
    var current = null;
    var lastMedia = 0;
    var lastWall = 0;

    function wallClock() { return performance.now() / 1000; }

    function mark() { lastMedia = media.currentTime; lastWall = wallClock(); }

    function close() {
      if (current && current[1] - current[0] >= SHORTEST) finished.push(inTenths(current));
      current = null;
    }

    function isPlaying(advance, elapsed) {
      var isRunning = !media.paused || elapsed < 1; /* the last moment before a pause counts */
      return isRunning && !media.seeking && !document.hidden && advance > 0 && advance <= elapsed * media.playbackRate + SLACK;
    }

    function tick() {
      var advance = media.currentTime - lastMedia;
      if (isPlaying(advance, wallClock() - lastWall)) {
        if (!current) current = [lastMedia, media.currentTime];
        else current[1] = media.currentTime;
      } else if (advance !== 0) {
        close();
      }
      mark();
    }

    function restart() { close(); mark(); }

    ["timeupdate", "pause", "ended", "ratechange"].forEach(function (name) { media.addEventListener(name, tick); });
    ["seeking", "seeked", "playing"].forEach(function (name) { media.addEventListener(name, restart); });
    document.addEventListener("visibilitychange", restart);

    return {
      /* What was played since the last call. Playing goes on where it is. */
      take: function () {
        close();
        var taken = finished;
        finished = [];
        return taken;
      }
    };
  };

  window.Xuetang = Xuetang;
})();
