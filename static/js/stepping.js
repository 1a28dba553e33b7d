/* All questions are on the page; this shows one at a time, without asking the server for
   anything. The address keeps the place (#q3, #finish), so reload and back work. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-stepping]");
  var handIn = document.querySelector("form[data-hand-in]");
  if (!form || !handIn || !window.fetch) return;

  var all = Array.prototype;
  var sections = all.slice.call(form.querySelectorAll("[data-question]"));
  var links = all.slice.call(form.parentNode.querySelectorAll(".nums a"));
  var grid = form.parentNode.querySelector(".nums");
  var fold = grid.parentNode.parentNode; /* a <details> where there are many numbers */
  var side = form.parentNode.querySelector("aside");
  var pips = document.querySelectorAll(".steps i");
  var meter = document.querySelector(".steps .meter");
  var previous = form.querySelector("[data-previous]");
  var next = form.querySelector("[data-next]");
  var shown = 0;

  function isAnswered(section) { return Xuetang.holdsAnswer(section); }

  function readPlace() {
    var number = Number((/^#q(\d+)$/.exec(window.location.hash) || [])[1]);
    if (window.location.hash === "#finish") return "finish";
    return number >= 1 && number <= sections.length ? number : Number(form.getAttribute("data-first"));
  }

  function mark() {
    sections.forEach(function (section, place) {
      var is = isAnswered(section);
      links[place].classList.toggle("d", is);
      links[place].querySelector(".vh").textContent = grid.getAttribute(is ? "data-done" : "data-todo");
      if (place + 1 === shown) links[place].setAttribute("aria-current", "step");
      else links[place].removeAttribute("aria-current");
      if (pips[place]) pips[place].className = place + 1 === shown ? "n" : is ? "d" : "";
    });
    if (meter) meter.value = sections.filter(isAnswered).length;
  }

  function lead(link, place, isEnd, endUrl) {
    link.setAttribute("href", isEnd ? endUrl : "#q" + place);
    link.textContent = link.getAttribute(isEnd ? "data-end" : "data-text");
  }

  function fillHandIn() {
    var missing = sections.filter(function (section) { return !isAnswered(section); });
    var list = handIn.querySelector("[data-missing]");
    list.textContent = "";
    missing.forEach(function (section) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      var word = document.createElement("span");
      link.href = "#q" + section.getAttribute("data-question");
      link.textContent = section.getAttribute("data-question");
      word.className = "vh";
      word.textContent = grid.getAttribute("data-todo");
      link.appendChild(word);
      item.appendChild(link);
      list.appendChild(item);
    });
    list.hidden = !missing.length;
    handIn.querySelector("[data-gaps]").hidden = !missing.length;
    handIn.querySelector("[data-complete]").hidden = missing.length > 0;
    handIn.querySelector("[data-missing-count]").textContent = missing.length;
  }

  function show() {
    var place = readPlace();
    var isEnd = place === "finish";
    shown = isEnd ? 0 : place;
    form.hidden = side.hidden = isEnd;
    handIn.hidden = !isEnd;
    sections.forEach(function (section, at) { section.hidden = at + 1 !== shown; });
    mark();
    if (isEnd) fillHandIn();
    else {
      lead(previous, shown - 1, shown === 1, previous.getAttribute("data-end-url"));
      lead(next, shown + 1, shown === sections.length, "#finish");
      handIn.querySelector("[data-back]").href = "#q" + shown;
    }
  }

  function move() {
    show();
    fold.open = false;
    window.scrollTo(0, 0);
    (shown ? sections[shown - 1] : handIn).focus({ preventScroll: true });
  }

  all.forEach.call(form.querySelectorAll("[data-plain]"), function (button) { button.hidden = true; });
  previous.hidden = next.hidden = false;
  document.body.classList.add("is-stepping");
  /* The browser has nothing to jump to: each question begins at the top. */
  sections.forEach(function (section) { section.removeAttribute("id"); });
  if (!window.location.hash) window.history.replaceState(null, "", "#q" + readPlace());
  window.addEventListener("hashchange", move);
  window.addEventListener("quiz:answered", mark);
  show();
  window.scrollTo(0, 0);
})();
