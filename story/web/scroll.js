// Which chapter is being read: the one whose box holds the reading line. Worked out at most once a frame.

const LINE_BESIDE = 0.5; // of the text's viewport, where it stands beside the map
const LINE_UNDER = 0.62; // where it stands under it
const HOLD_PX = 24; // how far the line must leave a chapter before another takes over

class Scroll {
  constructor(root, onChapter) {
    this.root = root;
    this.chapters = all(root, "[data-chapter]:not([hidden])");
    this.stepping = false; // one chapter at a time instead (stepper.js)
    this.onChapter = onChapter;
    this.current = null;
    this.share = 0; // how far into the current chapter the reading line has come
    this.width = 0;
    this.asked = 0;
    this.ask = () => {
      if (!this.asked) this.asked = requestAnimationFrame(() => this.look());
    };
    this.attach();
  }

  // Finds the element that really scrolls: Streamlit's main section, a frame's own document, or the window's.
  attach() {
    this.detach();
    this.scroller = scrollerOf(this.root);
    this.target = this.scroller === document.scrollingElement ? window : this.scroller;
    this.target.addEventListener("scroll", this.ask, { passive: true });
    const options = { root: this.target === window ? document : this.scroller, threshold: [0, 0.25, 0.5, 0.75, 1] };
    this.observer = new IntersectionObserver(this.ask, options);
    for (const chapter of this.chapters) this.observer.observe(chapter);
  }

  detach() {
    this.target?.removeEventListener("scroll", this.ask);
    this.observer?.disconnect();
  }

  // The part of the screen where text can be read: { top, bottom } in pixels of the window.
  viewport() {
    const home = this.target === window ? { top: 0, bottom: window.innerHeight } : this.scroller.getBoundingClientRect();
    const bar = one(this.root, "[data-bar]").getBoundingClientRect();
    const side = one(this.root, "[data-map-side]").getBoundingClientRect();
    const above = this.beside() ? bar.bottom : side.bottom;
    return { top: clamp(above, home.top, home.bottom - 40), bottom: home.bottom };
  }

  beside() {
    return getComputedStyle(this.root).getPropertyValue("--layout").trim() === "beside";
  }

  line() {
    const { top, bottom } = this.viewport();
    return top + (bottom - top) * (this.beside() ? LINE_BESIDE : LINE_UNDER);
  }

  look() {
    this.asked = 0;
    if (!this.root.clientWidth) return; // taken out of the page for a while: nobody reads
    if (this.stepping) return this.pick(this.current || this.chapters[0]);
    if (this.width !== this.root.clientWidth) this.hold();
    const line = this.line();
    const boxes = this.chapters.map((chapter) => chapter.getBoundingClientRect());
    const held = this.current && boxes[this.chapters.indexOf(this.current)];
    const stays = held && line > held.top - HOLD_PX && line < held.bottom + HOLD_PX;
    let found = boxes.findIndex((box) => line < box.bottom);
    if (found < 0) found = boxes.length - 1;
    this.progress(boxes, line);
    const box = boxes[stays ? this.chapters.indexOf(this.current) : found];
    this.share = (line - box.top) / box.height;
    if (!stays) this.pick(this.chapters[found]);
    return undefined;
  }

  pick(chapter) {
    if (chapter === this.current) return;
    this.current = chapter;
    this.onChapter(chapter.dataset.chapter);
  }

  // The text has been set anew to another width: the words at the reading line stay there.
  hold() {
    this.width = this.root.clientWidth;
    if (!this.current) return;
    const box = this.current.getBoundingClientRect();
    const top = Math.round(box.top + box.height * this.share - this.line());
    if (Math.abs(top) > 1) this.target.scrollBy({ top, behavior: "instant" });
  }

  progress(boxes, line) {
    const first = boxes[0].top;
    const last = boxes[boxes.length - 1].bottom;
    const share = clamp((line - first) / Math.max(1, last - first), 0, 1);
    one(this.root, "[data-progress]").style.transform = `scaleX(${share.toFixed(4)})`;
  }

  // Scrolls so that a chapter's head stands at the top of the text's viewport.
  to(slug, smooth) {
    const chapter = this.chapters.find((each) => each.dataset.chapter === slug);
    if (!chapter) return undefined;
    if (this.stepping) return this.pick(chapter);
    const way = chapter.getBoundingClientRect().top - this.viewport().top + 2;
    const behavior = smooth && !stillness.matches ? "smooth" : "instant";
    this.target.scrollBy({ top: Math.round(way), behavior });
    return this.ask();
  }
}

function scrollerOf(element) {
  for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
    const { overflowY } = getComputedStyle(up);
    if (overflowY === "auto" || overflowY === "scroll") return up;
  }
  return document.scrollingElement;
}
