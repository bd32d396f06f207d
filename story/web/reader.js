// The reader: puts a story's text, map, scroll and keys together, in any document that holds a [data-story].

class Reader {
  constructor(root, { plan, draw }) {
    this.root = root;
    this.options = markStory(root, plan);
    // Now: where the reader is will soon stand in the address. Who has read beside a still is left where he is.
    this.asked = root.classList.contains("is-still") ? {} : askedFor();
    const slugs = listShown(this.options, plan.parameters);
    this.plan = { ...plan, chapters: plan.chapters.filter((state) => slugs.includes(state.slug)) };
    this.states = new Map(this.plan.chapters.map((state) => [state.slug, state]));
    this.rest = 0;
    const element = one(root, "[data-map]");
    const drawn = draw(element, root.dataset.base);
    this.map = drawn.map;
    this.shown = new Shown(drawn.map, drawn, plan, root, root.dataset.base);
    this.shown.view(this.options.borders);
    this.record = new Record(this);
    this.map.options.inertia = !stillness.matches;
    this.theme();
    root.classList.add("is-live");
    this.shown.fold();
    this.scroll = new Scroll(root, (slug) => this.light(slug));
    this.stepper = new Stepper(this);
    this.stepper.watch();
    this.map.invalidateSize({ animate: false });
    holdMap(this.map, this.options);
    this.forget = [listenToKeys(this), this.watchSize(), this.watchHands(), this.watchButtons(), this.watchBorders(), this.watchPrint()];
    this.open();
    this.host = new Host(this);
  }

  // The first view: the chapter that the address asks for, at once and without a flight.
  open() {
    this.opened = this.shown.element.clientWidth > 0 && this.shown.element.clientHeight > 0;
    if (!this.opened) return; // in a frame that its host still hides: watchSize opens it
    const { asked } = this;
    const slug = this.record.claims.includes(asked.claim) ? this.record.slugOf(asked.claim) : asked.chapter;
    if (this.states.has(slug) && slug !== this.plan.chapters[0].slug) this.scroll.to(slug, false);
    this.scroll.look();
    window.clearTimeout(this.rest);
    this.shown.show(this.states.get(this.slug), { still: true });
    this.record.follow(asked, { focus: window.top === window }); // a frame leaves the focus where its host has it
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
    this.stepper.turnTo(0);
    if (this.root.classList.contains("is-part")) one(this.root, "[data-home]").href = wholeAddress({ chapter: slug });
    this.tellAddress();
    window.clearTimeout(this.rest);
    this.shown.element.dataset.settled = "false";
    this.rest = window.setTimeout(() => this.heavy(slug), REST_MS);
  }

  // How far the reader is, and which steps there are: chapters, and where they are turned the pages of one.
  tellSteps() {
    const { page, pages } = this.stepper;
    const last = this.plan.chapters.length - 1;
    const index = Math.max(0, this.plan.chapters.findIndex((state) => state.slug === this.slug));
    one(this.root, "[data-count]").textContent = `${index + 1} / ${last + 1}`;
    one(this.root, "[data-bar] [data-step='-1']").disabled = index === 0 && page === 0;
    one(this.root, "[data-bar] [data-step='1']").disabled = index === last && page === pages - 1;
    this.root.classList.toggle("is-single", last === 0 && pages === 1);
    if (this.stepper.on) one(this.root, "[data-progress]").style.transform = `scaleX(${(index + (page + 1) / pages) / (last + 1)})`;
  }

  heavy(slug) {
    const state = this.states.get(slug);
    this.record.leave(slug);
    this.shown.show(state);
    one(this.root, "[data-live]").textContent = state.title;
  }

  // The address bar says what is read, and what is open of it.
  tellAddress() {
    const { slug, claim, fact } = this.record?.place || {};
    const open = slug === this.slug ? { claim, fact } : {};
    setAddress({ chapter: this.slug === this.plan.chapters[0].slug ? "" : this.slug, ...open });
  }

  goto(slug, smooth = true) {
    if (this.states.has(slug)) this.scroll.to(slug, smooth);
  }

  // Steps from where the reader is heading, so that quick presses add up.
  step(by) {
    if (this.stepper.turn(by)) return;
    const slugs = this.plan.chapters.map((state) => state.slug);
    const slug = slugs[clamp(slugs.indexOf(this.headed() || this.slug) + by, 0, slugs.length - 1)];
    if (slug === this.slug && this.stepper.on) return;
    this.heading = { slug, at: performance.now() };
    this.goto(slug);
    if (by < 0) this.stepper.turnTo(Infinity);
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
      if (nowWidth === width && Math.abs(nowHeight - height) < (this.stepper.on ? 1 : 150)) return;
      [width, height] = [nowWidth, nowHeight];
      this.shown.element.dataset.settled = "false";
      window.clearTimeout(wait);
      wait = window.setTimeout(() => {
        if (this.opened) this.scroll.look();
        this.shown.refit();
        if (!this.opened) this.open();
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
      if (goto && !this.states.has(goto)) window.open(wholeAddress({ chapter: goto }), "_blank", "noopener");
      else if (goto) {
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

  // The viewpoint on borders, as the address asks for it or the reader chooses it; kept in the address.
  watchBorders() {
    const [chosen] = all(this.root, "[data-borders-value]").filter((each) => each.value === this.root.dataset.borders);
    if (chosen) chosen.checked = true;
    one(this.root, "[data-borders-choice]")?.addEventListener("toggle", () => {
      const sheet = one(this.root, "[data-borders-sheet]");
      sheet.style.setProperty("--sheet-height", `${this.shown.element.clientHeight - (this.scroll.beside() ? 64 : 20)}px`);
    });
    const onChange = (event) => {
      if (!("bordersValue" in event.target.dataset)) return;
      this.shown.view(event.target.value);
      const usual = event.target.value === this.plan.viewpoints[0].id;
      rewrite((search) => (usual ? search.delete("borders") : search.set("borders", event.target.value)));
    };
    this.root.addEventListener("change", onChange);
    return () => this.root.removeEventListener("change", onChange);
  }

  // Paper has no map that moves: each chapter brings its still, and the claims follow as notes.
  watchPrint() {
    const onPrint = () => {
      for (const still of all(this.root, "noscript[data-still]")) {
        if (still.nextElementSibling?.matches("img.still")) continue;
        const picture = one(new DOMParser().parseFromString(still.innerHTML, "text/html"), "img");
        picture.loading = "eager";
        still.after(document.adoptNode(picture));
      }
      writeEndnotes(this.root, this.record.records || {}, (...given) => this.record.article(...given));
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
    let kept = null;
    try {
      if (chosen) window.localStorage.setItem("the-line-between.theme", chosen);
      kept = window.localStorage.getItem("the-line-between.theme");
    } catch {
      // This browser keeps nothing.
    }
    const theme = chosen || this.root.dataset.theme || kept;
    if (["light", "dark"].includes(theme)) this.root.dataset.theme = theme;
    else delete this.root.dataset.theme;
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

function mountAll() {
  for (const root of all(document, "[data-story]")) {
    const story = stories.get(root.dataset.story);
    if (story && !readers.has(root)) mount(root, story);
  }
}

// Where it fails the text stands alone, and fallback.js puts stills beside it.
function mount(root, story) {
  readers.set(root, null);
  try {
    readers.set(root, new Reader(root, story));
  } catch (error) {
    root.classList.remove("is-live");
    window.setTimeout(() => {
      throw error; // said where faults are said
    });
  }
}

function reader() {
  return readers.get(one(document, "[data-story]"));
}

window.TheLineBetween = {
  tell,
  marks,
  flows,
  areas,
  relief,
  fail,
  mountAll,
  keepRecords: (records) => Record.waiting.splice(0).forEach((keep) => keep(records)),
  move: (root, into) => readers.get(root).move(into),
  goto: (slug) => reader().goto(slug, false),
  readOptions: (query) => readOptions(query, reader().plan.parameters),
  guardAccent,
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
