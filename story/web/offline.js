// Where the exported story is served: has the browser keep it for reading without a network. On a disk it is kept already.

(function () {
  "use strict";
  const home = new URL("../", document.currentScript.src);
  const served = window.location.protocol.startsWith("http");
  if (!served || !window.isSecureContext || window.top !== window) return; // a frame stores nothing on its host's readers
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = new URL("story.webmanifest", home).href;
  document.head.append(link);
  window.addEventListener("load", () => {
    try {
      navigator.serviceWorker.register(new URL("sw.js", home), { scope: home }).catch(() => {});
    } catch {
      // A browser, or a host's policy, that wants none: the story reads on without.
    }
  });
})();
