// Runs in every document before its own scripts: says what must never happen where the tests read it.
(() => {
  const say = (text) => {
    const line = `FAULT ${location.href}: ${text}`;
    if (window.dump) window.dump(`${line}\n`); // Firefox
    else window.webkit.messageHandlers.fault.postMessage(line);
  };
  window.addEventListener("error", ({ message, error, target }) => say(message ? `${message} ${error?.stack ?? ""}` : `${target.src || target.href} did not load`), true);
  window.addEventListener("unhandledrejection", ({ reason }) => say(`unhandled ${reason} ${reason?.stack ?? ""}`));
  document.addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) => say(`${violatedDirective} forbids ${blockedURI}`));
  const told = console.error;
  console.error = (...words) => {
    say(words.join(" "));
    told.apply(console, words);
  };
})();
