/* A lesson's player: resumes where she stopped, or where the address says (?t=125, in seconds),
   reports what was really played, and shows what the server credited. */
(function () {
  "use strict";

  var REPORT_EVERY = 10000; /* ms */
  var page = document.querySelector("[data-lesson]");
  var media = page && page.querySelector("[data-media]");
  if (!media) return;

  var watchUrl = page.getAttribute("data-watch-url");
  var askedFor = Number((/[?&]t=(\d{1,6})(?:&|$)/.exec(window.location.search) || [])[1]) || 0;
  var resumeAt = askedFor || Number(page.getAttribute("data-position")) || 0; /* seconds */
  var isCompleted = page.hasAttribute("data-completed");
  var playButton = document.querySelector("[data-play]");

  function find(name) { return page.querySelector("[data-" + name + "]"); }

  function seek() {
    var isNearEnd = media.duration && resumeAt > media.duration - 2;
    if (resumeAt && !isNearEnd && media.currentTime < 0.5) media.currentTime = resumeAt;
  }

  function resume() { seek(); resumeAt = 0; }

  function play() {
    var started = media.play();
    if (started) started.catch(function () { media.controls = true; });
    media.scrollIntoView({ block: "nearest" });
  }

  if (playButton) playButton.addEventListener("click", play);
  media.addEventListener("play", resume);
  /* Asked for by the address, the place is shown before she presses play. */
  if (askedFor && media.readyState) seek();
  else if (askedFor) media.addEventListener("loadedmetadata", seek);
  media.addEventListener("play", function () { document.body.classList.add("is-playing"); });
  media.addEventListener("pause", function () { document.body.classList.remove("is-playing"); });

  if (!watchUrl) return; /* not signed in: watching works, nothing is recorded */

  var outbox = Xuetang.createOutbox(Xuetang.memberId());
  var tracker = Xuetang.createTracker(media);

  function report() {
    var intervals = tracker.take();
    if (!intervals.length) return;
    outbox.add(watchUrl, { intervals: intervals, position: Math.round(media.currentTime * 10) });
  }

  function reportWhenHidden() { if (document.hidden) report(); }

  setInterval(function () { if (!media.paused) report(); }, REPORT_EVERY);
  media.addEventListener("pause", report);
  media.addEventListener("ended", report);
  window.addEventListener("pagehide", report);
  document.addEventListener("visibilitychange", reportWhenHidden);

  function drawSegments(segments) {
    var svg = find("segments");
    while (svg.firstChild) svg.removeChild(svg.firstChild);
    segments.forEach(function (segment) {
      var line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      line.setAttribute("x1", segment[0]);
      line.setAttribute("x2", segment[1]);
      line.setAttribute("y1", 5);
      line.setAttribute("y2", 5);
      svg.appendChild(line);
    });
  }

  function celebrate(message) {
    isCompleted = true;
    if (message) find("done-message").textContent = message;
    find("done").hidden = false;
    find("play-label").textContent = find("play-label").getAttribute("data-again");
  }

  function show(reply) {
    if (typeof reply.percent === "number") {
      find("percent").textContent = reply.percent + "%";
      find("segments").setAttribute("aria-label", find("segments").getAttribute("data-label") + " " + reply.percent + "%");
    }
    if (reply.segments) drawSegments(reply.segments);
    find("missing").textContent = reply.missing_text || find("missing").getAttribute(reply.is_completed ? "data-complete" : "data-default");
    if (reply.is_completed && !isCompleted) celebrate(reply.message);
  }

  window.addEventListener("outbox:sent", function (event) {
    if (event.detail.message.url === watchUrl) show(event.detail.reply);
  });
  window.addEventListener("outbox:change", function (event) {
    var state = find("watch-state");
    var isWaiting = event.detail.offline && event.detail.pending;
    var text = isWaiting ? state.getAttribute("data-offline") : "";
    if (state.textContent !== text) state.textContent = text;
  });
  window.addEventListener("outbox:signin", function () {
    find("watch-state").textContent = find("watch-state").getAttribute("data-signin");
  });
  outbox.flush();
})();
