// The reader: puts a story's text, map, scroll and keys together, in any document that holds a [data-story].

class Reader {
  constructor(root, { plan, draw }) {
    this.root = root;
    this.plan = plan;
    this.states = new Map(plan.chapters.map((state) => [state.slug, state]));
    this.rest = 0;
    const element = one(root, "[data-map]");
    const drawn = draw(element, root.dataset.base);
    this.map = drawn.map;
    this.shown = new Shown(drawn.map, drawn, plan, root, root.dataset.base);
    this.record = new Record(root);
    this.map.options.inertia = !stillness.matches;
    this.theme();
    root.classList.add("is-live");
    one(root, "[data-legend]").open = element.clientWidth > 560 && element.clientHeight > 480;
    this.map.invalidateSize({ animate: false });
    this.scroll = new Scroll(root, (slug) => this.light(slug));
    this.forget = [listenToKeys(this), this.watchSize(), this.watchHands(), this.watchButtons(), this.watchPrint()];
    this.open();
  }

  // The first view: the chapter that the address asks for, at once and without a flight.
  open() {
    const asked = new URLSearchParams(window.location.search).get("chapter") || decodeHash();
    const slug = this.states.has(asked) ? asked : null;
    if (slug && slug !== this.plan.chapters[0].slug) this.scroll.to(slug, false);
    this.scroll.look();
    window.clearTimeout(this.rest);
    this.shown.show(this.states.get(this.slug), { still: true });
    this.root.addEventListener("storystate", () => window.setTimeout(() => this.fetchRest(), FIRST_REST_MS), { once: true });
  }

  // What the first view does not need comes when it stands: the wide relief, the records.
  fetchRest() {
    const idle = window.requestIdleCallback || ((call) => window.setTimeout(call, 200));
    idle(() => this.shown.wakeRelief([0, 0, 0, 0], true));
    idle(() => this.record.fetch());
  }

  // Light first: what is read is marked at once. The map follows when the reader has rested.
  light(slug) {
    this.slug = slug;
    for (const chapter of this.scroll.chapters) setCurrent(chapter, chapter.dataset.chapter === slug, "step");
    for (const link of all(this.root, "[data-goto]")) setCurrent(link, link.dataset.goto === slug, "true");
    const index = this.plan.chapters.findIndex((state) => state.slug === slug);
    one(this.root, "[data-count]").textContent = `${index + 1} / ${this.plan.chapters.length}`;
    one(this.root, "[data-step='-1']").disabled = index === 0;
    one(this.root, "[data-step='1']").disabled = index === this.plan.chapters.length - 1;
    address(slug, index);
    window.clearTimeout(this.rest);
    this.shown.element.dataset.settled = "false";
    this.rest = window.setTimeout(() => this.heavy(slug), REST_MS);
  }

  heavy(slug) {
    const state = this.states.get(slug);
    this.record.close();
    this.shown.show(state);
    one(this.root, "[data-live]").textContent = state.title;
  }

  goto(slug, smooth = true) {
    if (this.states.has(slug)) this.scroll.to(slug, smooth);
  }

  // Steps from where the reader is heading, so that quick presses add up.
  step(by) {
    const slugs = this.plan.chapters.map((state) => state.slug);
    const slug = slugs[clamp(slugs.indexOf(this.headed() || this.slug) + by, 0, slugs.length - 1)];
    this.heading = { slug, at: performance.now() };
    this.goto(slug);
  }

  // The chapter that a key has just sent the reader to, while the text may still be on its way there.
  headed() {
    return this.heading && performance.now() - this.heading.at < 900 ? this.heading.slug : null;
  }

  // A phone's address bar comes and goes: a change of height alone, under 150 px, changes nothing.
  watchSize() {
    const element = this.shown.element;
    let [width, height] = [element.clientWidth, element.clientHeight];
    let wait = 0;
    const observer = new ResizeObserver(() => {
      const [nowWidth, nowHeight] = [element.clientWidth, element.clientHeight];
      if (!nowWidth || !nowHeight) return; // on paper there is no map
      if (nowWidth === width && Math.abs(nowHeight - height) < 150) return;
      [width, height] = [nowWidth, nowHeight];
      this.shown.element.dataset.settled = "false";
      window.clearTimeout(wait);
      wait = window.setTimeout(() => {
        this.scroll.look();
        this.shown.refit();
      }, REST_MS);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }

  // A hand on the map: from then on it is the reader's.
  watchHands() {
    const take = () => this.shown.explore(true);
    this.map.on("dragstart", take);
    const element = this.shown.element;
    const onWheel = (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      take();
      this.map.setZoomAround(this.map.mouseEventToContainerPoint(event), this.map.getZoom() - event.deltaY / 120);
    };
    const onKey = (event) => {
      if (["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "+", "-", "="].includes(event.key)) take();
    };
    const onTouch = (event) => event.touches.length > 1 && take();
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("keydown", onKey);
    element.addEventListener("touchstart", onTouch, { passive: true });
    element.addEventListener("dblclick", take);
    return () => this.map.off("dragstart", take);
  }

  watchButtons() {
    const onClick = (event) => {
      const button = event.target.closest?.("[data-goto], [data-step], [data-zoom], [data-back], [data-theme-switch], [data-to-text], [data-to-map]");
      if (!button) return;
      const { goto, step, zoom } = button.dataset;
      if (goto) {
        one(this.root, "[data-menu]").open = false;
        this.goto(goto);
      } else if (step) this.step(Number(step));
      else if (zoom) {
        this.shown.explore(true);
        this.map.setZoom(this.map.getZoom() + Number(zoom), { animate: !stillness.matches });
      } else if ("back" in button.dataset) {
        this.shown.explore(false);
        this.shown.element.focus({ preventScroll: true });
      } else if ("themeSwitch" in button.dataset) this.theme(this.dark() ? "light" : "dark");
      else if ("toText" in button.dataset) one(this.root, "[data-text]").focus({ preventScroll: true });
      else this.shown.element.focus({ preventScroll: true });
      event.preventDefault();
    };
    this.root.addEventListener("click", onClick);
    return () => this.root.removeEventListener("click", onClick);
  }

  // Paper has no map that moves: each chapter brings its still.
  watchPrint() {
    const onPrint = () => {
      for (const still of all(this.root, "noscript[data-still]")) {
        if (still.nextElementSibling?.matches("img.still")) continue;
        const picture = make("img", "still");
        picture.src = still.dataset.still;
        picture.alt = still.dataset.alt;
        still.after(picture);
      }
    };
    window.addEventListener("beforeprint", onPrint);
    return () => window.removeEventListener("beforeprint", onPrint);
  }

  dark() {
    const chosen = this.root.dataset.theme;
    return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  }

  // Light or dark as the system says, until the reader says otherwise; kept only where the browser lets us.
  theme(chosen) {
    try {
      if (chosen) window.localStorage.setItem("the-line-between.theme", chosen);
      this.root.dataset.theme = chosen || window.localStorage.getItem("the-line-between.theme") || this.root.dataset.theme || "";
    } catch {
      this.root.dataset.theme = chosen || this.root.dataset.theme || "";
    }
    if (!this.root.dataset.theme) delete this.root.dataset.theme;
    one(this.root, "[data-theme-switch]").setAttribute("aria-pressed", String(this.dark()));
  }

  // Moved into another parent (Streamlit's page): a new scroller, a new size, the same words at the reading line.
  move(into) {
    if (this.root.isConnected) this.scroll.look();
    into.append(this.root);
    this.scroll.attach();
    this.scroll.hold();
    if (this.headed()) this.scroll.to(this.headed(), false);
    this.scroll.look();
    this.shown.refit();
  }
}

function setCurrent(element, current, value) {
  if (current) element.setAttribute("aria-current", value);
  else element.removeAttribute("aria-current");
}

function decodeHash() {
  try {
    return decodeURIComponent(window.location.hash.slice(1));
  } catch {
    return "";
  }
}

// The address of the chapter, without a new entry in the history. Frames without an origin refuse: then it stays.
function address(slug, index) {
  const url = new URL(window.location.href);
  url.hash = "";
  if (index) url.searchParams.set("chapter", slug);
  else url.searchParams.delete("chapter");
  try {
    window.history.replaceState(window.history.state, "", url);
  } catch {
    // An address that cannot be changed is no loss to the reader.
  }
}

function mountAll() {
  for (const root of all(document, "[data-story]")) {
    const story = stories.get(root.dataset.story);
    if (story && !readers.has(root)) readers.set(root, new Reader(root, story));
  }
}

function reader() {
  return readers.get(one(document, "[data-story]"));
}

window.TheLineBetween = {
  tell,
  marks,
  relief,
  mountAll,
  keepRecords: (html) => reader().record.keep(html),
  move: (root, into) => readers.get(root).move(into),
  goto: (slug) => reader().goto(slug, false),
  project: ([lon, lat]) => {
    const { map } = reader();
    const home = map.getContainer().getBoundingClientRect();
    const point = map.latLngToContainerPoint([lat, lon]);
    return { x: home.left + point.x, y: home.top + point.y };
  },
  get flights() {
    return reader().shown.camera.flights;
  },
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mountAll);
else mountAll();
