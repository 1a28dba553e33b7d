/* Passkeys. A form with data-passkey="get" or "create" sends what the device answers to its options,
   which stand in #passkey-options or are asked for at data-passkey-options. */
(function () {
  "use strict";

  var LISTS = ["allowCredentials", "excludeCredentials"];

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function read(options) {
    var key = options.publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) { key.user.id = bytes(key.user.id); }
    LISTS.forEach(function (name) {
      (key[name] || []).forEach(function (each) { each.id = bytes(each.id); });
    });
    return options;
  }

  function write(credential) {
    var response = {};
    ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"].forEach(
      function (name) {
        if (credential.response[name]) { response[name] = text(credential.response[name]); }
      }
    );
    if (credential.response.getTransports) {
      response.transports = credential.response.getTransports();
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  function options(form) {
    if (!form.dataset.passkeyOptions) {
      return Promise.resolve(JSON.parse(document.getElementById("passkey-options").textContent));
    }
    var asked = { headers: { Accept: "application/json" }, credentials: "same-origin" };
    return fetch(form.dataset.passkeyOptions, asked).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.json();
    });
  }

  function ask(form, all) {
    if (form.dataset.passkey === "get") {
      return navigator.credentials.get(read(all.request_options));
    }
    var wanted = read(all.creation_options);
    var choice = wanted.publicKey.authenticatorSelection;
    var is_sign_in = form.elements.passwordless && form.elements.passwordless.checked;
    choice.residentKey = is_sign_in ? "required" : "discouraged";
    choice.requireResidentKey = Boolean(is_sign_in);
    if (is_sign_in) { choice.userVerification = "required"; }
    return navigator.credentials.create(wanted);
  }

  function start(form) {
    var error = form.querySelector("[data-passkey-error]");
    var button = form.querySelector("button");
    form.hidden = false;
    button.addEventListener("click", function () {
      error.hidden = true;
      button.disabled = true;
      options(form)
        .then(function (all) { return ask(form, all); })
        .then(function (credential) {
          form.elements.credential.value = write(credential);
          form.submit();
        })
        .catch(function () {
          error.hidden = false;
          button.disabled = false;
        });
    });
  }

  if (window.PublicKeyCredential && navigator.credentials) {
    document.querySelectorAll("form[data-passkey]").forEach(start);
  }
})();
