// A recording goes up in chunks as soon as it is chosen, while the rest of the form is filled in. A
// line that breaks costs one chunk: the server says how far it is. Without this script the file
// goes with the form, as any other. Works in the chooser's dialog too, so events are caught above.
(function () {
  "use strict";

  if (window.recordingUploads || !window.File || !File.prototype.slice) { return; }
  window.recordingUploads = true;

  var FIRST_PAUSE = 1000, LONGEST_PAUSE = 20000, TIMEOUT = 120000;
  var GONE = 404, OUT_OF_STEP = 409, FULL = 507;
  var running = [];

  function Upload(input) {
    this.input = input;
    this.file = input.files[0];
    this.url = input.getAttribute("data-upload-url");
    this.id = "";
    this.sent = 0;
    this.pause = FIRST_PAUSE;
    this.state = "busy";
    this.box = makeBox(input);
    this.box.retry.addEventListener("click", this.begin.bind(this));
    this.bar = this.box.bar;
  }

  Upload.prototype.text = function (name) {
    var percent = Math.floor(100 * this.sent / this.file.size);
    var text = this.input.getAttribute("data-text-" + name.toLowerCase()) || "";
    return text.replace("{percent}", percent).replace("{name}", this.file.name);
  };

  Upload.prototype.show = function (state, message) {
    this.state = state;
    if (state === "failed") { this.submits = false; }
    var said = state === "busy" && this.submits ? "unfinished" : state;
    this.box.said.textContent = message || this.text(said);
    this.box.bar.value = this.sent / this.file.size;
    this.box.bar.hidden = state === "failed" && !this.sent;
    this.box.retry.hidden = state !== "failed";
  };

  Upload.prototype.begin = function () {
    var facts = { name: this.file.name, size: this.file.size, modified: this.file.lastModified };
    this.show("busy");
    this.ask("POST", this.url, JSON.stringify(facts), function (reply) {
      this.id = reply.id;
      this.chunk = reply.chunk;
      this.goOn(reply.received);
    });
  };

  Upload.prototype.goOn = function (received) {
    this.sent = received;
    this.pause = FIRST_PAUSE;
    if (received >= this.file.size) { this.finish(); return; }
    this.show("busy");
    var part = this.file.slice(received, received + this.chunk);
    this.ask("POST", this.url + this.id + "/?offset=" + received, part, function (reply) {
      this.goOn(reply.received);
    });
  };

  Upload.prototype.finish = function () {
    name(this.input, this.id);
    // The form sends the name of what is there, not the file once more.
    this.input.value = "";
    this.show("done");
    if (this.submits) { this.input.form.requestSubmit(); }
  };

  Upload.prototype.ask = function (method, url, body, then) {
    var upload = this, request = new XMLHttpRequest();
    if (upload.isOver) { return; }
    request.open(method, url);
    request.timeout = TIMEOUT;
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.setRequestHeader("X-CSRFToken", token(upload.input));
    if (body) {
      var isText = typeof body === "string";
      request.setRequestHeader("Content-Type", isText ? "application/json" : "application/octet-stream");
    }
    request.onload = function () { upload.hear(request, then); };
    request.onerror = request.ontimeout = function () { upload.wait(); };
    upload.request = request;
    request.send(body);
  };

  Upload.prototype.hear = function (request, then) {
    if (this.isOver) { return; }
    var reply = read(request.responseText), status = request.status;
    if (status === 200 && reply) { then.call(this, reply); return; }
    if (status === OUT_OF_STEP && reply) { this.goOn(reply.received); return; }
    // Somebody used it up, or it was too old: from the beginning.
    if (status === GONE && this.id) { this.id = ""; this.begin(); return; }
    if (status === FULL || (status >= 400 && status < 500) || status === 200) {
      var isSignedOut = !reply || !reply.message;
      this.show("failed", isSignedOut ? this.text("signedOut") : reply.message);
      return;
    }
    this.wait();
  };

  Upload.prototype.wait = function () {
    var upload = this;
    if (upload.isOver) { return; }
    upload.show("waiting");
    window.clearTimeout(upload.timer);
    upload.timer = window.setTimeout(function () { upload.resume(); }, upload.pause);
    upload.pause = Math.min(2 * upload.pause, LONGEST_PAUSE);
  };

  Upload.prototype.resume = function () {
    window.clearTimeout(this.timer);
    if (this.state !== "waiting") { return; }
    this.state = "asking";
    if (!this.id) { this.begin(); return; }
    // What of the last chunk came through only the server knows.
    var pause = this.pause;
    this.ask("GET", this.url + this.id + "/", null, function (reply) {
      this.goOn(reply.received);
      this.pause = pause;
    });
  };

  Upload.prototype.stop = function () {
    this.isOver = true;
    window.clearTimeout(this.timer);
    if (this.request) { this.request.abort(); }
  };

  function read(text) {
    try { return JSON.parse(text); } catch (error) { return null; }
  }

  // A sign-in in another window makes a new one; the form is brought up to date with it.
  function token(input) {
    var field = input.form.querySelector("[name=csrfmiddlewaretoken]");
    var cookie = document.cookie.match(/(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/);
    if (cookie) { field.value = cookie[1]; }
    return field.value;
  }

  // The form's field that names the upload; an empty name takes it away.
  function name(input, id) {
    var field = input.form.querySelector("[data-upload-named]");
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = input.getAttribute("data-upload-field");
      field.setAttribute("data-upload-named", "");
      input.form.appendChild(field);
    }
    field.value = id;
    input.setAttribute("data-upload-id", id);
  }

  function makeBox(input) {
    var old = input.parentNode.querySelector(".upload-state");
    if (old) { old.parentNode.removeChild(old); }
    var box = document.createElement("div"), said = document.createElement("p");
    var bar = document.createElement("progress"), retry = document.createElement("button");
    box.className = "upload-state";
    said.setAttribute("role", "status");
    bar.max = 1;
    bar.setAttribute("aria-label", input.getAttribute("data-text-progress") || "");
    retry.type = "button";
    retry.className = "button button-secondary button-small";
    retry.textContent = input.getAttribute("data-text-retry");
    retry.hidden = true;
    box.appendChild(said);
    box.appendChild(bar);
    box.appendChild(retry);
    input.parentNode.appendChild(box);
    return { said: said, bar: bar, retry: retry };
  }

  function uploadOf(form) {
    return running.filter(function (upload) { return upload.input.form === form; })[0];
  }

  document.addEventListener("change", function (event) {
    var input = event.target;
    if (!input.matches || !input.matches("input[type=file][data-upload-url]")) { return; }
    running = running.filter(function (upload) {
      if (upload.input !== input) { return document.contains(upload.input); }
      upload.stop();
      return false;
    });
    name(input, "");
    if (!input.files.length) { return; }
    var upload = new Upload(input);
    running.push(upload);
    upload.begin();
  });

  // Before the library's own handlers, which would send the form.
  window.addEventListener("submit", function (event) {
    var form = event.target, upload = uploadOf(form);
    var input = form.querySelector("input[data-upload-id]:not([data-upload-id=''])");
    if (upload && upload.state !== "done") {
      event.preventDefault();
      event.stopImmediatePropagation();
      // Sent when the file is there: nobody has to wait for it and press again.
      upload.submits = upload.state !== "failed" && Boolean(form.requestSubmit);
      upload.box.said.textContent = upload.text(upload.submits ? "unfinished" : upload.state);
      upload.box.said.scrollIntoView({ block: "center" });
    } else if (input) {
      // A form that came back with its upload names it again.
      name(input, input.getAttribute("data-upload-id"));
    }
  }, true);

  window.addEventListener("online", function () {
    running.forEach(function (upload) { upload.resume(); });
  });

  window.addEventListener("beforeunload", function (event) {
    var isBusy = running.some(function (upload) {
      return document.contains(upload.input) && upload.state !== "done" && upload.state !== "failed";
    });
    if (isBusy) { event.preventDefault(); event.returnValue = ""; }
  });
})();
