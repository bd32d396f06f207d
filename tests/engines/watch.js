// Runs in every document before its own scripts: says what must never happen where the tests read it.
(() => {
  const say = (text) => {
    const line = `FAULT ${location.href}: ${text}`;
    if (window.dump) window.dump(`${line}\n`); // Firefox
    else window.webkit.messageHandlers.fault.postMessage(line);
  };
  const onError = ({ message, error, target }) => {
    if (message?.startsWith("ResizeObserver loop")) return; // sizes that follow in the next frame: no fault
    say(message ? `${message} ${error?.stack ?? ""}` : `${target.src || target.href} did not load`);
  };
  window.addEventListener("error", onError, true);
  window.addEventListener("unhandledrejection", ({ reason }) => say(`unhandled ${reason} ${reason?.stack ?? ""}`));
  document.addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) => say(`${violatedDirective} forbids ${blockedURI}`));
  const told = console.error;
  console.error = (...words) => {
    say(words.join(" "));
    told.apply(console, words);
  };
})();
