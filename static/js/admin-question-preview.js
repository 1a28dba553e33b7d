/* Shows the unsaved question as the member will see it, a moment after each change. */
(function () {
  'use strict';

  var PAUSE = 600;

  document.addEventListener('DOMContentLoaded', function () {
    var desk = document.querySelector('.question-desk[data-preview-url]');
    if (!desk) return;
    var form = desk.closest('form'), frame = desk.querySelector('[data-preview]');
    var timer = null, latest = 0;

    function show() {
      var asked = latest += 1;
      fetch(desk.dataset.previewUrl, {
        method: 'POST', body: new FormData(form), credentials: 'same-origin'
      }).then(function (response) {
        if (!response.ok) throw new Error(response.status);
        return response.text();
      }).then(function (page) {
        /* An older answer that comes late must not cover a newer one. */
        if (asked === latest) frame.srcdoc = page;
      }).catch(function () {
        if (asked === latest) frame.srcdoc = desk.dataset.noPreview;
      });
    }

    function later() {
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE);
    }

    form.addEventListener('input', later);
    form.addEventListener('change', later);
    show();
  });
})();
