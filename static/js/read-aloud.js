/* Reads a text aloud with the browser's own voice, paragraph by paragraph; the one that is read is
   marked. Where there is no Chinese voice, as in WeChat on Android, the buttons never show.
   Chrome falls silent after some fifteen seconds of one utterance, and its pause cannot be trusted
   on phones: so it speaks short pieces, and pausing is stopping and beginning the piece anew. */
(function () {
  "use strict";

  var speech = window.speechSynthesis;
  var panel = document.querySelector("[data-read-aloud]");
  var LONGEST = 50;  /* characters: about twelve seconds */
  var BLOCKS = "h2, h3, h4, p, li, figcaption, cite, th, td, dt, dd";
  if (!panel || !speech || !window.SpeechSynthesisUtterance) return;

  var text = document.getElementById(panel.getAttribute("data-read-aloud"));
  var playButton = panel.querySelector("[data-aloud=play]");
  var stopButton = panel.querySelector("[data-aloud=stop]");
  var pieces = [];
  var at = 0;
  var isOn = false;
  var turn = 0;       /* an utterance that was cut off says "end" too late */
  var speaking;       /* Chrome forgets utterances that nobody holds */

  function score(voice) {
    if (!/^(zh|cmn)\b/i.test(voice.lang)) return 0;
    return 1 + (/CN|Hans/i.test(voice.lang) ? 2 : 0) + (voice.localService ? 1 : 0);
  }

  function bestVoice() {
    return speech.getVoices().filter(score).sort(function (a, b) { return score(b) - score(a); })[0];
  }

  /* At the end of a sentence, else at a comma, else where the breath ends. */
  function cut(line) {
    var found = [];
    (line.match(/[^。！？!?；;]+[。！？!?；;]*[”’」』）]*/g) || []).forEach(function (sentence) {
      while (sentence.length > LONGEST) {
        var head = sentence.slice(0, LONGEST);
        var comma = Math.max(head.lastIndexOf("，"), head.lastIndexOf("、"), head.lastIndexOf("："), head.lastIndexOf(","));
        var end = comma > 0 ? comma + 1 : LONGEST;
        found.push(sentence.slice(0, end));
        sentence = sentence.slice(end);
      }
      if (sentence.trim()) found.push(sentence);
    });
    return found;
  }

  function isShown(element) {
    return element.getClientRects().length > 0 && !element.closest(".vh");
  }

  /* The innermost blocks that are on the page: nothing is read twice. */
  function collect() {
    var found = [];
    Array.prototype.forEach.call(text.querySelectorAll(BLOCKS), function (element) {
      if (!isShown(element) || element.querySelector(BLOCKS)) return;
      cut(element.textContent.replace(/\s+/g, " ")).forEach(function (words) {
        found.push({ element: element, words: words });
      });
    });
    return found;
  }

  function mark(element) {
    var before = text.querySelector(".is-read");
    if (before === element) return;
    if (before) before.classList.remove("is-read");
    if (!element) return;
    element.classList.add("is-read");
    var place = element.getBoundingClientRect();
    if (place.top < 0 || place.bottom > window.innerHeight * 0.85) element.scrollIntoView({ block: "center" });
  }

  function show() {
    var label = isOn ? "data-pause" : at ? "data-resume" : "data-play";
    playButton.querySelector("span").textContent = playButton.getAttribute(label);
    playButton.setAttribute("aria-pressed", String(isOn));
    stopButton.hidden = !isOn && !at;
  }

  function speak() {
    var piece = pieces[at];
    var mine = ++turn;
    if (!piece) { stop(); return; }
    speaking = new window.SpeechSynthesisUtterance(piece.words);
    speaking.voice = bestVoice() || null;
    speaking.lang = speaking.voice ? speaking.voice.lang : "zh-CN";
    speaking.onend = function () {
      if (mine !== turn) return;
      at += 1;
      speak();
    };
    speaking.onerror = function () { if (mine === turn) pause(); };
    mark(piece.element);
    speech.speak(speaking);
  }

  function silence() {
    turn += 1;
    isOn = false;
    speech.cancel();
  }

  function play() {
    if (!at) pieces = collect();
    isOn = true;
    speech.cancel();
    speak();
    show();
  }

  function pause() {
    silence();
    show();
  }

  function stop() {
    var hadFocus = document.activeElement === stopButton;
    silence();
    at = 0;
    mark(null);
    show();
    if (hadFocus) playButton.focus();
  }

  function offer() { panel.hidden = !bestVoice(); }

  playButton.addEventListener("click", function () { if (isOn) pause(); else play(); });
  stopButton.addEventListener("click", stop);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape" && (isOn || at)) stop(); });
  window.addEventListener("pagehide", stop);
  /* Most browsers load their voices after the page. */
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  else speech.onvoiceschanged = offer;
  offer();
})();
