/* The time left, calm, spoken at five minutes and at one. Only a picture of the server's
   clock: the server alone decides what is late. Says "quiz:time-up" on window at the end. */
(function () {
  "use strict";

  var clock = document.querySelector("[data-clock]");
  var form = document.querySelector("form[data-attempt]");
  if (!clock || !form) return;

  var deadline = Date.parse(clock.getAttribute("data-deadline"));
  var loadedAt = Number(form.getAttribute("data-now"));
  var openedAt = Date.now();
  var spoken = document.querySelector("[data-clock-said]");
  var timer;

  function speak(name) { spoken.textContent = spoken.getAttribute("data-" + name); }

  /* performance.now() may stand still while the phone sleeps; the later of two clocks is right. */
  function secondsLeft() {
    var elapsed = Math.max(performance.now(), Date.now() - openedAt);
    return Math.max(0, Math.ceil((deadline - loadedAt - elapsed) / 1000));
  }

  function twoDigits(number) { return ("0" + number).slice(-2); }

  function clockText(left) {
    var minutes = Math.floor(left / 60);
    var start = minutes < 60 ? minutes : Math.floor(minutes / 60) + ":" + twoDigits(minutes % 60);
    return start + ":" + twoDigits(left % 60);
  }

  function show(left) {
    clock.querySelector("[data-left]").textContent = clockText(left);
    clock.classList.toggle("soon", left <= 300);
  }

  function tick() {
    var left = secondsLeft();
    show(left);
    if (left === 300) speak("five");
    if (left === 60) speak("one");
    if (left) return;
    clearInterval(timer);
    speak("over");
    window.dispatchEvent(new CustomEvent("quiz:time-up"));
  }

  timer = setInterval(tick, 1000);
  tick();
})();
