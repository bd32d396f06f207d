// The Line Between, for pages that show it. Protocol: README.md, "Embedding".
// <figure data-story-frame="ADDRESS">poster, words, link</figure> becomes a frame once the story in it answers;
// until then, or if no server answers, the figure stays as it is. Frames that stand there already may grow.
(() => {
  "use strict";
  const home = new URL(".", document.currentScript.src);
  const PROTOCOL = "story-frame";
  const VERSION = 1;
  const frames = new Set();
  const ours = (address) => {
    try {
      const url = new URL(address);
      return url.origin === home.origin && url.pathname.startsWith(home.pathname);
    } catch {
      return false;
    }
  };

  function greet(frame) {
    // Nothing secret: a sandboxed frame has no origin that could be named.
    frame.contentWindow?.postMessage({ protocol: PROTOCOL, version: VERSION, type: "hello" }, "*");
  }

  function adopt(frame) {
    frame.storyFrame = true;
    frames.add(frame);
    frame.addEventListener("load", () => greet(frame));
    greet(frame);
  }

  function fill(figure) {
    const frame = document.createElement("iframe");
    frame.src = figure.dataset.storyFrame;
    frame.title = figure.dataset.title || "The Line Between";
    frame.height = figure.dataset.height || 640;
    frame.referrerPolicy = "no-referrer";
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    Object.assign(figure.style, { position: "relative" });
    Object.assign(frame.style, { border: 0, width: "100%", position: "absolute", left: 0, top: 0, visibility: "hidden" });
    figure.append(frame);
    adopt(frame);
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        fill(target);
      }
    },
    { rootMargin: "800px" },
  );

  function scan() {
    for (const one of document.querySelectorAll("figure[data-story-frame], iframe[src]")) {
      if (one.storyFrame || !ours(one.dataset.storyFrame || one.src)) continue;
      one.storyFrame = true;
      if (one.localName === "iframe") adopt(one);
      else near.observe(one);
    }
  }

  window.addEventListener("message", ({ source, origin, data }) => {
    if ((origin !== home.origin && origin !== "null") || data?.protocol !== PROTOCOL || data.version !== VERSION) return;
    const frame = [...frames].find((each) => each.contentWindow === source);
    if (!frame) return;
    if (frame.style.visibility === "hidden") {
      for (const child of frame.parentElement.children) if (child !== frame) child.style.display = "none";
      Object.assign(frame.style, { position: "", visibility: "" });
    }
    if (data.type === "height" && data.height > 0) frame.style.height = `${Math.min(data.height, 6000)}px`;
  });

  scan();
  new MutationObserver(scan).observe(document.documentElement, { childList: true, subtree: true });
})();
