/* In WeChat: what a shared page shows is what its head says of it (og:title and the others).
   Without this script, or where WeChat does not answer, it is shared as WeChat finds it. */
(function () {
  "use strict";

  var own = document.currentScript;
  if (!own || navigator.userAgent.indexOf("MicroMessenger") < 0 || !window.fetch) return;

  var CALLS = ["updateAppMessageShareData", "updateTimelineShareData"];

  function said(property) {
    var meta = document.querySelector('meta[property="' + property + '"]');
    return meta ? meta.content : "";
  }

  function load(address, then) {
    var script = document.createElement("script");
    script.src = address;
    script.onload = then;
    document.head.appendChild(script);
  }

  function share(config) {
    var wx = window.wx;
    wx.config(Object.assign({ debug: false, jsApiList: CALLS }, config));
    wx.ready(function () {
      var card = {
        title: said("og:title") || document.title,
        desc: said("og:description"),
        link: said("og:url") || location.href.split("#")[0],
        imgUrl: said("og:image"),
      };
      CALLS.forEach(function (name) {
        wx[name](card);
      });
    });
  }

  /* WeChat compares the address, without what follows #, with what was signed. */
  var page = location.href.split("#")[0];
  fetch(own.dataset.config + "?url=" + encodeURIComponent(page), { credentials: "omit" })
    .then(function (response) {
      return response.ok ? response.json() : null;
    })
    .then(function (config) {
      if (config) load(own.dataset.sdk, share.bind(null, config));
    })
    .catch(function () {
      /* No network: nobody shares now either. */
    });
})();
