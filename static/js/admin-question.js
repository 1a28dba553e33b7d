/* The authoring form: shows the fields of the chosen type, and looks after the parts of a case. */
(function () {
  'use strict';

  function closestGroup(node) {
    return node.parentElement.closest('[data-question-group]');
  }

  /* A part is a group inside the group of its question; each group minds its own fields. */
  function ownParts(group, selector) {
    return Array.prototype.filter.call(group.querySelectorAll(selector), function (node) {
      return closestGroup(node) === group;
    });
  }

  function typeField(group) {
    return ownParts(group, 'select[name$="type"]')[0];
  }

  function showFields(group) {
    var select = typeField(group);
    if (!select) return;
    ownParts(group, '[data-only-for]').forEach(function (node) {
      var types = node.getAttribute('data-only-for').split(' ');
      node.hidden = types.indexOf(select.value) === -1;
    });
  }

  function prepare(group) {
    var select = typeField(group);
    if (!select) return;
    select.addEventListener('change', function () { showFields(group); });
    showFields(group);
  }

  function input(part, ending) {
    return part.querySelector('input[name$="-' + ending + '"]');
  }

  function kept(list) {
    return Array.prototype.filter.call(list.children, function (part) { return !part.hidden; });
  }

  function number(list) {
    kept(list).forEach(function (part, place) {
      part.querySelector('[data-part-number]').textContent = ' ' + (place + 1);
      input(part, 'ORDER').value = place + 1;
    });
  }

  function changed(list) {
    number(list);
    list.dispatchEvent(new Event('change', { bubbles: true }));
  }

  function preparePart(part, list) {
    prepare(part);
    part.querySelector('[data-part-up]').addEventListener('click', function () {
      var others = kept(list), place = others.indexOf(part);
      if (place > 0) { list.insertBefore(part, others[place - 1]); changed(list); }
    });
    part.querySelector('[data-part-down]').addEventListener('click', function () {
      var others = kept(list), place = others.indexOf(part);
      if (place < others.length - 1) { list.insertBefore(others[place + 1], part); changed(list); }
    });
    part.querySelector('[data-part-remove]').addEventListener('click', function () {
      input(part, 'DELETE').value = 'on';
      part.hidden = true;
      changed(list);
    });
    if (input(part, 'DELETE').value) part.hidden = true;
  }

  function prepareParts(section) {
    var list = section.querySelector('[data-part-list]');
    var template = section.querySelector('[data-part-template]');
    var total = section.querySelector('input[name$="-TOTAL_FORMS"]');
    Array.prototype.forEach.call(list.children, function (part) { preparePart(part, list); });
    number(list);
    section.querySelector('[data-part-add]').addEventListener('click', function () {
      var holder = document.createElement('ol');
      holder.innerHTML = template.innerHTML.replace(/__prefix__/g, total.value);
      var part = holder.firstElementChild;
      total.value = Number(total.value) + 1;
      list.appendChild(part);
      preparePart(part, list);
      document.dispatchEvent(new CustomEvent('question-part-added', { detail: part }));
      changed(list);
    });
  }

  document.addEventListener('DOMContentLoaded', function () {
    var desk = document.querySelector('.question-desk[data-preview-url]');
    if (!desk) return;
    prepare(desk);
    desk.querySelectorAll('[data-parts]').forEach(prepareParts);
  });
})();
