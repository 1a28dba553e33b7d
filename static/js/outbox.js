/* Keeps what a member sends through a lost connection.

   A message is written to localStorage first and sent afterwards, in order, one at a
   time, until the server has answered it. Every message must be safe to send twice.
   The box belongs to one member, so two people sharing a phone never mix.

   Events on window: "outbox:change" {pending, offline}, "outbox:sent" {message, reply},
   "outbox:refused" {message, status, reply}, "outbox:signin" {message}. */
var Xuetang = window.Xuetang || {};

(function () {
  "use strict";

  var FIRST_WAIT = 1000;
  var LONGEST_WAIT = 60000;
  var TIMEOUT = 15000;

  function readMeta(name) {
    var meta = document.querySelector('meta[name="' + name + '"]');
    return meta ? meta.content : "";
  }

  function announce(name, detail) {
    window.dispatchEvent(new CustomEvent("outbox:" + name, { detail: detail }));
  }

  function isMessage(value) {
    return value && typeof value.url === "string" && typeof value.id === "string";
  }

  function readStored(key) {
    try {
      var list = JSON.parse(window.localStorage.getItem(key) || "[]");
      return Array.isArray(list) ? list.filter(isMessage) : [];
    } catch (error) {
      return []; /* no storage, or something else wrote here */
    }
  }

  function writeStored(key, list) {
    try {
      window.localStorage.setItem(key, JSON.stringify(list));
      return true;
    } catch (error) {
      return false; /* private mode or a full phone: the caller keeps it in memory */
    }
  }

  function isRetryable(status) { return status >= 500 || status === 408 || status === 429; }

  function isJson(response) {
    return (response.headers.get("Content-Type") || "").indexOf("json") !== -1;
  }

  function post(message) {
    var abort = window.AbortController ? new AbortController() : null;
    var timer = setTimeout(function () { if (abort) abort.abort(); }, TIMEOUT);
    return fetch(message.url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": readMeta("csrf-token") },
      body: JSON.stringify(message.body),
      signal: abort ? abort.signal : undefined
    }).then(
      function (response) { clearTimeout(timer); return response; },
      function (error) { clearTimeout(timer); throw error; }
    );
  }

  Xuetang.createOutbox = function (memberId) {
    var key = "xuetang:outbox:" + memberId;
    var memory = []; /* only what storage would not take */
    var isBusy = false;
    var isOffline = false;
    var wait = FIRST_WAIT;
    var timer;

    function list() { return readStored(key).concat(memory); }

    function report() { announce("change", { pending: list().length, offline: isOffline }); }

    function keep(message) {
      var all = list().concat([message]);
      if (writeStored(key, all)) memory = [];
      else memory.push(message);
    }

    function forget(message) {
      function isOther(other) { return other.id !== message.id; }
      memory = memory.filter(isOther);
      writeStored(key, readStored(key).filter(isOther));
    }

    function retryLater() {
      clearTimeout(timer);
      timer = setTimeout(flush, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }

    /* A sign-in page or a stale token is not an answer: keep the message for later. */
    function needsSignIn(response) {
      return response.redirected || response.status === 401 || (!isJson(response) && (response.ok || response.status === 403));
    }

    function settle(message, response) {
      isOffline = false;
      if (isRetryable(response.status)) return retryLater();
      if (needsSignIn(response)) return announce("signin", { message: message });
      return (isJson(response) ? response.json() : Promise.resolve({})).catch(function () { return {}; }).then(function (reply) {
        forget(message);
        wait = FIRST_WAIT;
        if (response.ok) announce("sent", { message: message, reply: reply });
        else announce("refused", { message: message, status: response.status, reply: reply });
        setTimeout(flush, 0);
      });
    }

    function flush() {
      var message = list()[0];
      if (!message) isOffline = false; /* another tab has sent it all */
      if (isBusy || !message) return report();
      isBusy = true;
      report();
      post(message).then(function (response) { return settle(message, response); }, function () {
        isOffline = true;
        retryLater();
      }).then(function () { isBusy = false; report(); });
    }

    function wake() { wait = FIRST_WAIT; flush(); }

    ["online", "pageshow", "focus"].forEach(function (name) { window.addEventListener(name, wake); });
    document.addEventListener("visibilitychange", wake);

    return {
      add: function (url, body) {
        var id = Date.now().toString(36) + "-" + Math.random().toString(36).slice(2);
        keep({ id: id, url: url, body: body });
        flush();
      },
      flush: flush,
      list: list,
      pending: function () { return list().length; },
      isOffline: function () { return isOffline || navigator.onLine === false; }
    };
  };

  Xuetang.memberId = function () { return readMeta("member-id") || "anonymous"; };
  window.Xuetang = Xuetang;
})();
