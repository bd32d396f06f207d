// Where a file does not come. In the place of a map that is lost, late or broken stands the still of the chapter that is
// read, with its legend, for as long as it takes. This script comes by itself and waits for no other file.

(function () {
  "use strict";
  const PATIENCE_MS = 3000; // before a map that is late is stood in for
  const HASHED = /\.[0-9a-f]{10}\.[a-z]+$/; // a file that never changes under its name
  const MARK = "renewed"; // in the address of a page that has come anew
  const home = new URL("..", document.currentScript.src).href;
  let renewed = new URLSearchParams(window.location.search).has(MARK);

  function look() {
    for (const root of document.querySelectorAll("[data-story]:not(.is-live, .is-still)")) {
      standIn(root);
      for (const { src } of document.scripts) renew(src);
    }
  }

  function standIn(root) {
    const picture = document.createElement("img");
    picture.className = "stand-in";
    root.querySelector("[data-map-side]").prepend(picture);
    root.classList.add("is-still");
    const legend = root.querySelector("[data-legend]");
    const line = getComputedStyle(root).getPropertyValue("--layout").trim() === "beside" ? 53 : 80; // of the screen, as in scroll.js
    const watch = new IntersectionObserver(
      (entries) => {
        if (root.classList.contains("is-live")) return leave();
        for (const { isIntersecting, target } of entries) if (isIntersecting) show(target, picture, legend);
        return undefined;
      },
      { rootMargin: `-${line - 1}% 0px -${100 - line}% 0px` },
    );
    const leave = () => {
      watch.disconnect();
      picture.remove();
    };
    for (const chapter of root.querySelectorAll("[data-chapter]")) watch.observe(chapter);
    lead(root);
  }

  function show(chapter, picture, legend) {
    const { innerHTML } = chapter.querySelector("noscript[data-still]");
    const still = new DOMParser().parseFromString(innerHTML, "text/html").querySelector("img");
    picture.src = still.getAttribute("src");
    picture.alt = still.alt;
    const key = chapter.querySelector("[data-chapter-legend]").cloneNode(true);
    legend.querySelector("[data-legend-list]").replaceChildren(...key.children);
    legend.hidden = false;
  }

  // The address may ask for a place further down; what stands behind a # the browser finds by itself.
  function lead(root) {
    const asked = new URLSearchParams(window.location.search);
    const place = asked.get("claim") ? `claim-${asked.get("claim")}` : asked.get("chapter");
    if (place && !window.location.hash && !window.scrollY) root.querySelector(`#${CSS.escape(place)}`)?.scrollIntoView();
  }

  // A file that is gone was one of a version that is gone: the page comes anew at the same place, but never twice.
  async function renew(url) {
    if (renewed || !url.startsWith(home) || !HASHED.test(url)) return;
    const answer = await fetch(url, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (renewed || answer?.status !== 404) return;
    renewed = true;
    const here = new URL(window.location.href); // says what is read
    here.searchParams.set(MARK, "");
    window.location.replace(here);
  }

  function forgetMark() {
    const here = new URL(window.location.href);
    here.searchParams.delete(MARK);
    try {
      window.history.replaceState(window.history.state, "", here);
    } catch {
      // A frame without an origin keeps it.
    }
  }

  if (renewed) forgetMark();
  window.setTimeout(look, PATIENCE_MS);
  window.addEventListener("error", () => window.setTimeout(look)); // the reader did not come to life
  window.addEventListener("error", ({ target }) => renew(String(target.src || "")), true); // of files these do not bubble
  if (document.readyState === "complete") look();
  // When the first of these comes after this file, each of the page's own scripts has run or failed.
  else {
    document.addEventListener("DOMContentLoaded", look);
    window.addEventListener("load", look);
  }
})();
