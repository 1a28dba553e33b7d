/* Keeps what a member sends through a lost connection.

   A message is written to localStorage first and sent afterwards, in order, until the
   server has answered it. Every message must be safe to send twice. Messages that wait
   one behind the other and name the same batch address go out in one request there, as
   {"answers": [bodies]}, and come back as {"replies": [one each]}.
   The box belongs to one member, so two people sharing a phone never mix.

   Events on window: "outbox:change" {pending, offline}, "outbox:sent" {message, reply},
   "outbox:refused" {message, status, reply}, "outbox:signin" {message}. */
var Xuetang = window.Xuetang || {};

(function () {
  "use strict";

  var FIRST_WAIT = 1000;
  var LONGEST_WAIT = 60000;
  var TIMEOUT = 15000;
  var LONGEST_BATCH = 100;

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

  function post(url, body) {
    var abort = window.AbortController ? new AbortController() : null;
    var timer = setTimeout(function () { if (abort) abort.abort(); }, TIMEOUT);
    return fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": readMeta("csrf-token") },
      body: JSON.stringify(body),
      signal: abort ? abort.signal : undefined
    }).then(
      function (response) { clearTimeout(timer); return response; },
      function (error) { clearTimeout(timer); throw error; }
    );
  }

  function readReply(response) {
    if (!isJson(response)) return Promise.resolve({});
    return response.json().catch(function () { return {}; });
  }

  function build(memberId) {
    var key = "xuetang:outbox:" + memberId;
    var memory = []; /* only what storage would not take */
    var isBusy = false;
    var isOffline = false;
    var refusesBatches = false; /* the server did not take the last one: one at a time then */
    var wait = FIRST_WAIT;
    var timer;

    function list() { return readStored(key).concat(memory); }

    function report() { announce("change", { pending: list().length, offline: isOffline }); }

    function keep(message) {
      var all = list().concat([message]);
      if (writeStored(key, all)) memory = [];
      else memory.push(message);
    }

    function forget(messages) {
      var ids = messages.map(function (message) { return message.id; });
      function isOther(other) { return ids.indexOf(other.id) === -1; }
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

    /* The first message, with those right behind it that may go along. */
    function nextOnes() {
      var all = list();
      var batch = all[0] && all[0].batch;
      var count = 1;
      if (!batch || refusesBatches) return all.slice(0, 1);
      while (count < all.length && count < LONGEST_BATCH && all[count].batch === batch) count += 1;
      return all.slice(0, count);
    }

    function send(messages) {
      var first = messages[0];
      if (messages.length === 1) return post(first.url, first.body);
      return post(first.batch, { answers: messages.map(function (message) { return message.body; }) });
    }

    function settle(messages, response) {
      var isBatch = messages.length > 1;
      isOffline = false;
      if (isRetryable(response.status)) return retryLater();
      if (needsSignIn(response)) return announce("signin", { message: messages[0] });
      if (isBatch && !response.ok) {
        refusesBatches = true;
        setTimeout(flush, 0);
        return undefined;
      }
      return readReply(response).then(function (reply) {
        forget(messages);
        wait = FIRST_WAIT;
        messages.forEach(function (message, place) {
          var own = isBatch ? (reply.replies || [])[place] || {} : reply;
          if (response.ok) announce("sent", { message: message, reply: own });
          else announce("refused", { message: message, status: response.status, reply: own });
        });
        setTimeout(flush, 0);
      });
    }

    function flush() {
      var messages = nextOnes();
      if (!messages.length) isOffline = refusesBatches = false; /* all is sent, perhaps by another tab */
      if (isBusy || !messages.length) return report();
      isBusy = true;
      report();
      send(messages).then(function (response) { return settle(messages, response); }, function () {
        isOffline = true;
        retryLater();
      }).then(function () { isBusy = false; report(); });
    }

    function wake() { wait = FIRST_WAIT; flush(); }

    ["online", "pageshow", "focus"].forEach(function (name) { window.addEventListener(name, wake); });
    document.addEventListener("visibilitychange", wake);

    return {
      add: function (url, body, batch) {
        var id = Date.now().toString(36) + "-" + Math.random().toString(36).slice(2);
        keep({ id: id, url: url, body: body, batch: batch });
        flush();
      },
      flush: flush,
      list: list,
      pending: function () { return list().length; },
      isOffline: function () { return isOffline || navigator.onLine === false; }
    };
  }

  /* One box for all scripts of a page: two would send everything twice. */
  var boxes = {};
  Xuetang.createOutbox = function (memberId) {
    boxes[memberId] = boxes[memberId] || build(memberId);
    return boxes[memberId];
  };

  /* The line that tells what became of what was sent; the words are in its data-text-… attributes,
     or come as they are. `quiet` names what is no news, `off` what is said while nothing gets
     through. What is said again does not pull her back to the line, unless it was forgotten. */
  Xuetang.createStatus = function (line, quiet, off) {
    var signIn = line.querySelector("[data-sign-in]");
    var said = "";
    return {
      say: function (name, number) {
        var text = line.getAttribute("data-text-" + name) || name;
        var isQuiet = quiet.indexOf(name) !== -1;
        var isOff = off.indexOf(name) !== -1;
        line.querySelector("span").textContent = text.replace("{n}", number);
        line.classList.toggle("is-off", isOff);
        line.classList.toggle("is-told", !isQuiet && !isOff);
        signIn.hidden = name !== "signin";
        signIn.search = "?next=" + encodeURIComponent(window.location.pathname + window.location.hash);
        if (!isQuiet && name !== said) line.scrollIntoView({ block: "nearest" });
        if (name !== "sending") said = name;
      },
      forget: function () { said = ""; }
    };
  };

  Xuetang.memberId = function () { return readMeta("member-id") || "anonymous"; };
  window.Xuetang = Xuetang;
})();
