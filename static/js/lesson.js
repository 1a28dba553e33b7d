/* A lesson: resumes where she stopped, or where the address says (?t=125, in seconds), reports what
   was really played or read, and shows what the server credited. */
(function () {
  "use strict";

  var REPORT_EVERY = 10000; /* ms */
  var page = document.querySelector("[data-lesson]");
  var media = page && page.querySelector("[data-media]");
  var isText = page && page.getAttribute("data-kind") === "text";
  var text = isText && !page.hasAttribute("data-completed") && page.querySelector("[data-text]");
  if (!media && !text) return;

  var watchUrl = page.getAttribute("data-watch-url");
  var batchUrl = page.getAttribute("data-batch-url");
  var askedFor = Number((/[?&]t=(\d{1,6})(?:&|$)/.exec(window.location.search) || [])[1]) || 0;
  var resumeAt = askedFor || Number(page.getAttribute("data-position")) || 0; /* seconds */
  var isCompleted = page.hasAttribute("data-completed");
  var playsHidden = Boolean(media && media.hasAttribute("data-plays-hidden"));

  function find(name) { return page.querySelector("[data-" + name + "]"); }

  /* --- the player --- */
  function seek() {
    var isNearEnd = media.duration && resumeAt > media.duration - 2;
    if (resumeAt && !isNearEnd && media.currentTime < 0.5) media.currentTime = resumeAt;
  }

  function play() {
    var started = media.play();
    if (started) started.catch(function () { media.controls = true; });
    media.scrollIntoView({ block: "nearest" });
  }

  /* What the lock screen shows while she listens. */
  function nameSound() {
    if (!("mediaSession" in navigator) || !window.MediaMetadata) return;
    navigator.mediaSession.metadata = new MediaMetadata({
      title: media.getAttribute("data-title") || document.title,
      artist: media.getAttribute("data-artist") || "",
      album: media.getAttribute("data-album") || ""
    });
  }

  /* From the film to its sound and back, at the same place. */
  function keepPlace(event) {
    var way = event.target.closest("[data-way]");
    var moment = Math.floor(media.currentTime || resumeAt);
    if (way && moment) way.search = way.search.replace(/&t=\d+/, "") + "&t=" + moment;
  }

  function setUpPlayer() {
    var playButton = document.querySelector("[data-play]");
    var connection = navigator.connection;
    if (connection && connection.saveData) media.preload = "none";
    if (playButton) playButton.addEventListener("click", play);
    media.addEventListener("play", function () { seek(); resumeAt = 0; });
    if (playsHidden) media.addEventListener("play", nameSound);
    /* Asked for by the address, the place is shown before she presses play. */
    if (askedFor && media.readyState) seek();
    else if (askedFor) media.addEventListener("loadedmetadata", seek);
    media.addEventListener("play", function () { document.body.classList.add("is-playing"); });
    media.addEventListener("pause", function () { document.body.classList.remove("is-playing"); });
    document.addEventListener("click", keepPlace);
  }

  if (media) setUpPlayer();
  if (!watchUrl) return; /* not signed in: watching works, nothing is recorded */

  /* --- reports --- */
  function readSegments() {
    return Array.prototype.map.call(page.querySelectorAll("[data-segments] line"), function (line) {
      return [Number(line.getAttribute("x1")), Number(line.getAttribute("x2"))];
    });
  }

  function setUpReader() {
    var reader = Xuetang.createReader(text, readSegments());
    var form = document.querySelector("[data-read-form]");
    if (form) form.hidden = true; /* it is noticed by itself */
    if (resumeAt && !isCompleted && !window.location.hash) reader.goTo(Math.round(resumeAt * 10));
    return reader;
  }

  var outbox = Xuetang.createOutbox(Xuetang.memberId());
  var tracker = media ? Xuetang.createTracker(media, playsHidden) : setUpReader();
  var reportedAt = Date.now();

  function report() {
    var intervals = tracker.take();
    reportedAt = Date.now();
    if (!intervals.length) return;
    outbox.add(watchUrl, {
      lesson: Number(page.getAttribute("data-lesson-id")),
      version: page.getAttribute("data-version"),
      intervals: intervals,
      position: tracker.position()
    }, batchUrl);
  }

  function reportWhenHidden() { if (document.hidden) report(); }

  function reportWhenDue() {
    if (Date.now() - reportedAt >= REPORT_EVERY || (text && tracker.isThrough())) report();
  }

  if (media) {
    /* The player's own events still come while timers of a hidden page are held back. */
    media.addEventListener("timeupdate", reportWhenDue);
    media.addEventListener("pause", report);
    media.addEventListener("ended", report);
  } else {
    setInterval(reportWhenDue, 1000);
  }
  window.addEventListener("pagehide", report);
  document.addEventListener("visibilitychange", reportWhenHidden);

  /* --- what the server says --- */
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
    var label = find("play-label");
    isCompleted = true;
    if (message) find("done-message").textContent = message;
    find("done").hidden = false;
    if (label) label.textContent = label.getAttribute("data-again");
  }

  function say(message) {
    var state = find("watch-state");
    if (state.textContent !== message) state.textContent = message;
  }

  function show(reply) {
    if (reply.gone) { say(reply.message); return; }
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
  window.addEventListener("outbox:refused", function (event) {
    if (event.detail.message.url === watchUrl && event.detail.reply.message) say(event.detail.reply.message);
  });
  window.addEventListener("outbox:change", function (event) {
    var offline = find("watch-state").getAttribute("data-offline");
    if (event.detail.offline && event.detail.pending) say(offline);
    else if (find("watch-state").textContent === offline) say("");
  });
  window.addEventListener("outbox:signin", function () {
    say(find("watch-state").getAttribute("data-signin"));
  });
  outbox.flush();
})();
