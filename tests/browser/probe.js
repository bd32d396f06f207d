// What the tests read from a page that shows the story, and how they scroll it. One expression: an object of functions.
// Rectangles and points are in pixels of the window or frame that the reader is in; bounds are west, south, east, north.
({
  map() {
    return document.querySelector("[data-story] [data-map]");
  },

  ready() {
    return Boolean(window.TheLineBetween && this.map() && this.map().dataset.settled === "true");
  },

  // The chapters that aria-current="step" marks, by the section or by the link that carries it.
  marked() {
    return Array.from(document.querySelectorAll('[data-story] [aria-current="step"]'), (element) => {
      const inside = element.closest("[data-chapter]");
      if (inside) return inside.dataset.chapter;
      const link = element.closest("a[href]") || element.querySelector("a[href]");
      if (!link) return "(names no chapter)";
      const address = new URL(link.href);
      return address.hash.slice(1) || address.searchParams.get("chapter");
    });
  },

  opacity(layer) {
    const pane = this.map().querySelector(`.leaflet-${CSS.escape(`layer-${layer}`)}-pane`);
    if (!pane) return null;
    const style = getComputedStyle(pane);
    const hidden = style.display === "none" || style.visibility === "hidden";
    return hidden ? 0 : Number(style.opacity);
  },

  shown(layers) {
    const map = this.map();
    return {
      settled: map?.dataset.settled === "true",
      state: map?.dataset.state ? JSON.parse(map.dataset.state) : null,
      marked: [...new Set(this.marked())],
      opacity: map ? Object.fromEntries(layers.map((layer) => [layer, this.opacity(layer)])) : {},
    };
  },

  section(slug) {
    return document.querySelector(`[data-story] section[data-chapter="${CSS.escape(slug)}"]`);
  },

  chapters() {
    return Array.from(document.querySelectorAll("[data-story] section[data-chapter]"), (one) => one.dataset.chapter);
  },

  scroller() {
    for (let one = document.querySelector("[data-story] section[data-chapter]"); one; one = one.parentElement) {
      const scrolls = /auto|scroll/.test(getComputedStyle(one).overflowY);
      if (scrolls && one !== document.body && one.scrollHeight > one.clientHeight + 1) return one;
    }
    return document.scrollingElement;
  },

  // Top, height and reading line of the part of the screen in which text is read: all of it beside the map, else below.
  textView() {
    const scroller = this.scroller();
    const whole = scroller === document.scrollingElement;
    const box = whole ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect();
    const map = this.map().getBoundingClientRect();
    const above = map.width > 0.9 * scroller.clientWidth && map.bottom < box.bottom - 60;
    const height = box.bottom - box.top;
    if (!above) return { top: box.top, bottom: box.bottom, line: box.top + 0.5 * height };
    return { top: map.bottom, bottom: box.bottom, line: map.bottom + 0.62 * (box.bottom - map.bottom) };
  },

  scrollTo(slug) {
    const box = this.section(slug).getBoundingClientRect();
    const move = box.top + box.height / 2 - this.textView().line;
    this.scroller().scrollBy({ top: move, behavior: "instant" });
  },

  scrollToShare(share) {
    const scroller = this.scroller();
    const top = share * (scroller.scrollHeight - scroller.clientHeight);
    scroller.scrollTo({ top, behavior: "instant" });
  },

  // Whether the chapter has any part in the text view, so that it can be the one being read.
  inTextView(slug) {
    const box = this.section(slug).getBoundingClientRect();
    const view = this.textView();
    return box.bottom > view.top && box.top < view.bottom;
  },

  rectangle(element) {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  },

  point(lonlat) {
    const { x, y } = window.TheLineBetween.project(lonlat);
    return [x, y];
  },

  // Where a chapter's bounds lie on the page, with the map and all that may cover it.
  subject([west, south, east, north]) {
    const [left, top] = this.point([west, north]);
    const [right, bottom] = this.point([east, south]);
    const visible = Array.from(document.querySelectorAll("[data-obstacle]")).filter((one) =>
      one.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    );
    return {
      subject: { left, top, right, bottom },
      map: this.rectangle(this.map()),
      obstacles: visible.map((one) => ({ name: one.dataset.obstacle || one.className, ...this.rectangle(one) })),
    };
  },

  // Goes to a chapter and counts the places in which a point of the ground was seen until time ran out.
  async places({ slug, lonlat, ms }) {
    const seen = new Set([this.point(lonlat).map(Math.round).join()]);
    window.TheLineBetween.goto(slug);
    const end = performance.now() + ms;
    while (performance.now() < end) {
      await new Promise(requestAnimationFrame);
      seen.add(this.point(lonlat).map(Math.round).join());
    }
    return seen.size;
  },

  // Passes over chapters, one a frame, as a reader who flings the page does. Gives the longest frame in milliseconds.
  async fling(slugs) {
    let last = performance.now();
    let longest = 0;
    for (const slug of slugs) {
      this.scrollTo(slug);
      await new Promise(requestAnimationFrame);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    return longest;
  },

  focusIsInMap() {
    return this.map().contains(document.activeElement);
  },

  pictures() {
    return Array.from(document.querySelectorAll("[data-story] section[data-chapter]"), (section) => {
      const pictures = Array.from(section.querySelectorAll("img"));
      return {
        chapter: section.dataset.chapter,
        words: section.innerText.trim().split(/\s+/).length,
        loaded: pictures.filter((one) => one.complete && one.naturalWidth > 0 && one.checkVisibility()).length,
      };
    });
  },
})
