// One chapter at a time, where scrolling would trap the reader of another page: in low frames, in all on a touch screen,
// and in frames that are as high as what stands in them. Where the height is given, a long text turns its pages instead of scrolling.

const LOW_PX = 480; // a frame lower than this is no place to scroll in

class Stepper {
  constructor(reader) {
    this.reader = reader;
    this.root = reader.root;
    this.text = one(this.root, "[data-text]");
    this.more = one(this.root, "[data-more]");
    this.page = 0;
    this.on = false;
  }

  watch() {
    const observer = new ResizeObserver(() => this.on && this.turnTo(this.page));
    observer.observe(this.text);
    for (const chapter of this.reader.scroll.chapters) observer.observe(chapter);
    this.text.addEventListener("focusin", (event) => this.reveal(event.target));
    this.text.addEventListener("toggle", () => this.on && this.turnTo(this.page), true);
    window.addEventListener("resize", () => this.choose());
    this.choose();
  }

  wanted() {
    const { layout, height } = this.reader.options;
    if (["map", "card"].includes(layout) || height === "auto") return true;
    const touched = window.matchMedia("(pointer: coarse)").matches;
    return framed && window.innerHeight > 0 && (window.innerHeight < LOW_PX || touched);
  }

  choose() {
    if (this.on === this.wanted()) return;
    this.on = !this.on;
    const { scroll } = this.reader;
    const at = scroll.current?.dataset.chapter;
    if (this.on) this.root.dataset.mode = "step";
    else delete this.root.dataset.mode;
    scroll.stepping = this.on;
    headline(this.root, this.on || !scroll.chapters[0].matches(".first"));
    scroll.target.scrollTo?.({ top: 0, behavior: "instant" });
    this.text.scrollLeft = 0;
    this.turnTo(0);
    if (at) scroll.to(at, false);
  }

  // How far it is from one page of the text to the next, in pixels; the pages of the chapter that is read.
  get pitch() {
    return this.text.clientWidth;
  }

  get pages() {
    const chapter = this.reader.scroll.current;
    if (!this.on || !chapter || getComputedStyle(chapter).columnCount === "auto") return 1;
    return Math.max(1, Math.round(chapter.scrollWidth / this.pitch));
  }

  // A step within the chapter: tells whether there was a page to turn to.
  turn(by) {
    const next = this.page + by;
    if (!this.on || next < 0 || next >= this.pages) return false;
    this.turnTo(next);
    return true;
  }

  turnTo(page) {
    const { pages } = this;
    this.page = clamp(page, 0, pages - 1);
    this.text.style.setProperty("--pages", pages);
    this.text.scrollLeft = this.page * this.pitch;
    this.more.hidden = pages < 2;
    one(this.more, "[data-page]").textContent = `${this.page + 1} / ${pages}`;
    one(this.more, "button").hidden = this.page === pages - 1;
    this.reader.tellSteps();
  }

  // The page on which an element begins: where the focus went, or a claim that an address opens.
  reveal(element) {
    if (this.pages < 2 || element === this.text) return;
    const [box] = element.getClientRects();
    if (box) this.turnTo(Math.floor((box.left - this.text.getBoundingClientRect().left + this.text.scrollLeft) / this.pitch));
  }
}
