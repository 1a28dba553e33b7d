/* Buttons below a text that put a picture's or a recording's marker where the cursor stands. */
(function () {
  'use strict';

  function insert(area, marker) {
    var start = area.selectionStart, end = area.selectionEnd;
    area.value = area.value.slice(0, start) + marker + area.value.slice(end);
    area.focus();
    area.selectionStart = area.selectionEnd = start + marker.length;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.dispatchEvent(new Event('change', { bubbles: true }));
  }

  function choose(url, handlers, response, marker, area) {
    var responses = {};
    responses[response] = function (chosen) {
      insert(area, '[' + marker + ':' + [].concat(chosen)[0].id + ']');
    };
    window.ModalWorkflow({ url: url, onload: handlers, responses: responses });
  }

  function addButton(area, label, action) {
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-small button-secondary';
    button.textContent = label;
    button.addEventListener('click', action);
    area.parentElement.appendChild(button);
  }

  function prepare(desk, area) {
    addButton(area, desk.dataset.imageLabel, function () {
      choose(desk.dataset.imageChooserUrl, window.IMAGE_CHOOSER_MODAL_ONLOAD_HANDLERS,
        'chosen', '图片', area);
    });
    addButton(area, desk.dataset.audioLabel, function () {
      choose(desk.dataset.audioChooserUrl, window.MEDIA_CHOOSER_MODAL_ONLOAD_HANDLERS,
        'mediaChosen', '音频', area);
    });
  }

  document.addEventListener('DOMContentLoaded', function () {
    var desk = document.querySelector('.question-desk[data-preview-url]');
    if (!desk) return;
    function prepareAll(node) {
      node.querySelectorAll('textarea[data-takes-media]').forEach(function (area) {
        prepare(desk, area);
      });
    }
    prepareAll(desk);
    document.addEventListener('question-part-added', function (event) { prepareAll(event.detail); });
  });
})();
