/* 听书: plays one episode after the other in one player, remembers where she stopped, and reports a
   member's listening. Without this script every episode is a plain link. */
(function () {
  "use strict";

  var REPORT_EVERY = 10000; /* ms */
  var KEPT = "listening"; /* localStorage: seconds by episode, for whoever is not signed in */
  var MOST_KEPT = 50;
  var box = document.querySelector("[data-listen]");
  var audio = box && box.querySelector("audio");
  if (!audio) return;

  var rows = Array.prototype.slice.call(box.querySelectorAll("[data-episode]"));
  var tracker = Xuetang.createTracker(audio, true);
  var outbox = Xuetang.createOutbox && Xuetang.createOutbox(Xuetang.memberId());
  var reportedAt = Date.now();
  var resumeAt = 0;

  function find(name) { return box.querySelector("[data-listen-" + name + "]"); }
  function get(name) { return audio.getAttribute("data-" + name) || ""; }
  function say(name) { find("state").textContent = name ? find("state").getAttribute("data-" + name) : ""; }

  /* --- where she stopped --- */
  function kept() {
    try { return JSON.parse(localStorage.getItem(KEPT)) || {}; } catch (error) { return {}; }
  }

  function keep() {
    var all = kept();
    var ids = Object.keys(all);
    if (ids.length >= MOST_KEPT && !(get("id") in all)) delete all[ids[0]];
    if (audio.ended) delete all[get("id")];
    else all[get("id")] = Math.floor(audio.currentTime);
    try { localStorage.setItem(KEPT, JSON.stringify(all)); } catch (error) { /* private window */ }
  }

  function readPlace() {
    resumeAt = get("watch-url") ? Number(get("position")) : kept()[get("id")] || 0;
  }

  function seek() {
    var isNearEnd = audio.duration && resumeAt > audio.duration - 2;
    if (resumeAt && !isNearEnd && audio.currentTime < 0.5) audio.currentTime = resumeAt;
    resumeAt = 0;
  }

  /* --- reports --- */
  function report() {
    var intervals = tracker.take();
    reportedAt = Date.now();
    if (!intervals.length) return;
    if (!get("watch-url") || !outbox) { keep(); return; }
    outbox.add(get("watch-url"), {
      lesson: Number(get("id")),
      version: get("version"),
      intervals: intervals,
      position: tracker.position()
    }, box.getAttribute("data-batch-url"));
  }

  function reportWhenDue() { if (Date.now() - reportedAt >= REPORT_EVERY) report(); }

  /* --- from one to the next --- */
  function place() {
    var current = rows.filter(function (row) { return row.getAttribute("aria-current"); })[0];
    return rows.indexOf(current);
  }

  function nameSound() {
    if (!("mediaSession" in navigator) || !window.MediaMetadata) return;
    navigator.mediaSession.metadata = new MediaMetadata({
      title: find("title").textContent,
      album: box.getAttribute("data-album")
    });
  }

  function show(episode) {
    ["id", "version", "position"].forEach(function (name) {
      audio.setAttribute("data-" + name, episode[name] || "");
    });
    audio.setAttribute("data-watch-url", episode.watch_url || "");
    audio.setAttribute("aria-label", episode.title);
    find("title").textContent = episode.title;
    find("label").textContent = find("state").getAttribute("data-playing");
    find("page").href = episode.url;
    find("facts").textContent = episode.duration_text + " · " + episode.size_text;
    if (find("summary")) find("summary").textContent = episode.summary;
  }

  function markRow(row) {
    rows.forEach(function (each) { each.removeAttribute("aria-current"); });
    row.setAttribute("aria-current", "true");
    var next = rows[rows.indexOf(row) + 1];
    if (find("next")) {
      find("next").hidden = !next;
      if (next) find("next").href = next.href;
    }
  }

  function play() {
    var started = audio.play();
    if (started) started.catch(function () { audio.controls = true; });
  }

  function load(row) {
    return fetch(row.getAttribute("data-episode"), { credentials: "same-origin" })
      .then(function (response) {
        if (!response.ok) throw new Error(response.status);
        return response.json();
      });
  }

  function choose(row) {
    report();
    load(row).then(function (episode) {
      show(episode);
      markRow(row);
      readPlace();
      audio.src = episode.src;
      say("");
      play();
    }).catch(function () { say("failed"); });
  }

  function goOn() {
    report();
    keep();
    var next = rows[place() + 1];
    if (next) choose(next);
  }

  box.addEventListener("click", function (event) {
    var link = event.target.closest("a");
    var row = link === find("next") ? rows[place() + 1] : link;
    if (!link || rows.indexOf(row) < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(row);
  });
  audio.addEventListener("loadedmetadata", seek);
  audio.addEventListener("play", nameSound);
  audio.addEventListener("timeupdate", reportWhenDue);
  audio.addEventListener("pause", report);
  audio.addEventListener("ended", goOn);
  window.addEventListener("pagehide", report);
  document.addEventListener("visibilitychange", function () { if (document.hidden) report(); });
  if ("mediaSession" in navigator && navigator.mediaSession.setActionHandler) {
    try { navigator.mediaSession.setActionHandler("nexttrack", goOn); } catch (error) { /* not known here */ }
  }
  readPlace();
  if (outbox) outbox.flush();
})();
