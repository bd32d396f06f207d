// The stage: one chapter fills the screen, step by step, in step with the presenter's window. The map is shown by Shown,
// the reader's own state function; here it is only told which state, and how much of it is revealed.

const PACES_S = [1, 600]; // of a stage that plays by itself
const USUAL_PACE_S = 15;
const SMALLEST = 0.5; // how far letters shrink to fit, as a share
let taught = null;

class StageShown extends Shown {
  // The legend is the chapter's own, less the layers that are not revealed.
  key(state) {
    super.key(state);
    const items = all(this.legend, "[data-layer]");
    for (const item of items) item.hidden = state.layers[item.dataset.layer] !== "full";
    const sure = one(this.legend, ".how-sure");
    const whole = this.plan.chapters.find(({ slug }) => slug === state.slug);
    const partly = whole && Object.keys(whole.layers).some((id) => whole.layers[id] !== state.layers[id]);
    if (sure) sure.hidden = Boolean(partly);
    if (items.length && items.every((item) => item.hidden)) this.legend.hidden = true;
    this.shape(state.bounds_wsen);
  }
}

class Stage {
  constructor(root, plan, draw, lesson) {
    Object.assign(this, { root, plan, lesson });
    const asked = new URLSearchParams(window.location.search);
    this.slugs = ["open", ...plan.chapters.map(({ slug }) => slug), "close"];
    this.state = { at: 0, slug: "open", blank: false, frozen: false, fine: false, guesses: {}, began: 0, held: 0 };
    this.steps = listSteps(plan, lesson);
    this.link = new Link(plan.id, (kind, said) => this.hear(kind, said));
    this.view = asked.get("view") === "notes" ? "notes" : "stage";
    root.dataset.view = this.view;
    if (this.view === "notes") this.desk = new Desk(this);
    else this.build(root, plan, draw);
    listenToRemote(this);
    const first = this.slugs.includes(asked.get("chapter")) ? asked.get("chapter") : "open";
    this.state.at = this.placeOfChapter(first);
    this.show(true);
    this.link.say("hello");
    const pace = Number(asked.get("kiosk") === "on" ? USUAL_PACE_S : asked.get("kiosk"));
    if (this.view === "stage" && pace >= PACES_S[0] && pace <= PACES_S[1]) this.play(true, pace);
  }

  build(root, plan, draw) {
    const drawn = draw(one(root, "[data-map]"), "");
    this.shown = new StageShown(drawn.map, drawn, plan, root, "");
    this.shown.view(new URLSearchParams(window.location.search).get("borders"));
    this.shown.wakeRelief([0, 0, 0, 0], true);
    drawn.map.scrollWheelZoom.enable();
    drawn.map.on("dragstart", () => this.shown.explore(true));
    drawn.map.on("click", ({ latlng }) => this.asking()?.press(latlng));
    one(root, "[data-map]").addEventListener("wheel", () => this.shown.explore(true), { passive: true });
    one(root, "[data-map]").addEventListener("dblclick", () => this.shown.explore(true));
    this.hands = [one(root, "[data-slides]")];
    this.guesses = new Map();
    for (const [slug, { asked }] of Object.entries(this.lesson.chapters)) {
      const part = one(root, `#${CSS.escape(slug)} [data-part=ask]`);
      if (asked && part) this.guesses.set(slug, new Guess(this, slug, asked, part));
    }
    this.kiosk = new Kiosk(this, USUAL_PACE_S);
    followPointer(one(root, "[data-laser]"), root);
    root.addEventListener("click", (event) => this.press(event));
    root.addEventListener("storystate", () => this.fit());
    new ResizeObserver(() => {
      this.shown.refit();
      this.fit();
    }).observe(one(root, "[data-map]"));
    root.classList.add("is-live");
  }

  press(event) {
    const button = event.target.closest?.("[data-do], [data-jump], [data-back], [data-blank], [data-fact]");
    if (!button) return;
    const { do: deed, jump } = button.dataset;
    if (jump) this.jump(jump);
    else if (deed) this.act(deed);
    else if ("back" in button.dataset) this.act("home");
    else if ("blank" in button.dataset) this.act("blank");
    if (button.localName === "a") event.preventDefault(); // a record is a page of its own, which no projector needs
  }

  // Everything that a key or a button can ask for.
  act(deed) {
    const { state, shown } = this;
    const at = this.slugs.indexOf(this.step().slug);
    if (state.blank && !["blank", "notes", "freeze"].includes(deed)) return this.change({ blank: false });
    if (deed === "forth") return this.go(state.at + 1);
    if (deed === "back") return this.go(state.at - 1);
    if (deed === "nextChapter") return this.jump(this.slugs[at + 1]);
    if (deed === "lastChapter") return this.jump(this.slugs[at - 1]);
    if (deed === "first" || deed === "last") return this.jump(deed === "first" ? "open" : "close");
    if (deed === "blank" || deed === "freeze") return this.change(deed === "blank" ? { blank: !state.blank } : { frozen: !state.frozen });
    if (deed === "fine") return this.refine(!state.fine);
    if (deed === "notes") return this.link.open("present.html?view=notes", "popup,width=1100,height=760");
    if (!shown) return undefined;
    if (deed === "closer" || deed === "further") {
      shown.explore(true);
      return shown.map.setZoom(shown.map.getZoom() + (deed === "closer" ? 1 : -1), { animate: !stillness.matches });
    }
    if (deed === "home") return shown.explore(false);
    if (deed === "escape") return this.escape();
    if (deed === "overview" || deed === "help") return this.openSheet(deed);
    if (deed === "full") return this.begin(false);
    if (deed === "kiosk") return this.play(!this.kiosk.on, this.kiosk.pace_s);
    return this.toggle(deed);
  }

  // Contrast, larger letters, the pointer: of this screen alone.
  toggle(deed) {
    const on = this.root.dataset[deed] !== "on";
    this.root.dataset[deed] = on ? "on" : "off";
    this.pressed(deed, on);
    if (deed === "laser") one(this.root, "[data-laser]").hidden = !on;
    this.fit();
  }

  pressed(deed, on) {
    one(this.root, `[data-do=${deed}]`)?.setAttribute("aria-pressed", String(on));
  }

  play(on, pace_s) {
    this.kiosk.pace_s = pace_s;
    const step = this.step();
    this.steps = listSteps(this.plan, this.lesson, { kiosk: on, fine: this.state.fine });
    this.state.at = placeOf(step, this.steps);
    this.kiosk.start(on);
    this.pressed("kiosk", on);
    this.show();
  }

  openSheet(deed) {
    const sheet = one(this.root, `[data-${deed}]`);
    if (sheet.open) sheet.close();
    else sheet.showModal();
  }

  escape() {
    if (this.shown.exploring) this.shown.explore(false);
    else if (this.state.frozen) this.change({ frozen: false });
    else if (document.fullscreenElement) document.exitFullscreen();
  }

  // F5: the show begins, from its opening or from here, over the whole screen where the browser lets us.
  begin(fromHere) {
    if (!fromHere) this.go(0);
    if (document.fullscreenElement && !fromHere) return;
    this.root.requestFullscreen?.().catch(() => {});
  }

  step() {
    return this.steps[this.state.at];
  }

  placeOfChapter(slug) {
    return Math.max(0, this.steps.findIndex((each) => each.slug === slug));
  }

  jump(slug) {
    for (const sheet of all(this.root, "dialog[open]")) sheet.close();
    if (this.slugs.includes(slug)) this.go(this.placeOfChapter(slug));
  }

  go(at) {
    const to = clamp(at, 0, this.steps.length - 1);
    const began = this.state.began || (to > 0 ? Date.now() : 0);
    this.change({ at: to, began });
  }

  refine(fine) {
    const step = this.step();
    this.steps = listSteps(this.plan, this.lesson, { fine });
    this.change({ fine, at: placeOf(step, this.steps) });
  }

  guess(slug, guess) {
    this.change({ guesses: { ...this.state.guesses, [slug]: guess } });
  }

  // The question that the class is asked now, if it is.
  asking() {
    return this.view === "stage" && this.step().part === "ask" && !this.frozenAt ? this.guesses.get(this.step().slug) : null;
  }

  change(part) {
    Object.assign(this.state, part);
    this.link.say("state", this.state);
    this.show();
  }

  // Another window says hello, or where it is. Only what is known is taken over.
  hear(kind, said) {
    if (kind === "hello") {
      this.desk?.meet();
      return this.state.at || this.view === "stage" ? this.link.say("state", this.state) : undefined;
    }
    if (kind !== "state" || typeof said !== "object" || !said) return undefined;
    this.desk?.meet();
    const fine = said.fine === true;
    this.steps = listSteps(this.plan, this.lesson, { fine });
    const at = Number.isInteger(said.at) ? clamp(said.at, 0, this.steps.length - 1) : 0;
    const guesses = knownGuesses(this.lesson, said.guesses);
    const [began, held] = [Number(said.began) || 0, Number(said.held) || 0];
    Object.assign(this.state, { at, fine, guesses, began, held, blank: said.blank === true, frozen: said.frozen === true });
    return this.show();
  }

  show(still = false) {
    this.state.slug = this.step().slug;
    if (this.desk) return this.desk.show();
    const { blank, frozen, fine } = this.state;
    one(this.root, "[data-blank]").hidden = !blank;
    one(this.root, "[data-frozen]").hidden = !frozen;
    for (const [deed, on] of Object.entries({ blank, freeze: frozen, fine })) this.pressed(deed, on);
    one(this.root, "[data-where]").textContent = this.where();
    if (frozen && this.frozenAt) return undefined;
    this.frozenAt = frozen;
    return this.perform(this.step(), still);
  }

  where() {
    const number = this.plan.chapters.findIndex(({ slug }) => slug === this.step().slug);
    return number < 0 ? this.lesson.words.steps[this.step().part] : `${number} · ${this.lesson.words.steps[this.step().part]}`;
  }

  // One step on the screen: its slide, its part, and the map in its state.
  perform(step, still) {
    const key = JSON.stringify(step);
    const same = this.performed === key;
    this.performed = key;
    this.root.dataset.part = step.part;
    this.root.dataset.step = String(this.state.at);
    for (const slide of all(this.root, "[data-slide]")) slide.hidden = slide.dataset.slide !== step.slug;
    const slide = one(this.root, `[data-slide="${CSS.escape(step.slug)}"]`);
    const part = step.part === "answer" ? "ask" : step.part;
    for (const each of all(slide, "[data-part]")) each.hidden = each.dataset.part !== part;
    all(slide, "[data-said]").forEach((each, index) => (each.hidden = index >= step.claims));
    for (const [slug, guess] of this.guesses) if (slug !== step.slug || part !== "ask") guess.hide();
    if (part === "ask") this.guesses.get(step.slug).show(step.part === "answer");
    this.fit();
    if (same) return;
    if (this.shown.exploring) this.shown.explore(false);
    this.shown.show(stateAt(this.plan, this.lesson, step), { still });
    one(this.root, "[data-live]").textContent = `${one(slide, "h1, h2").textContent}. ${this.lesson.words.steps[step.part]}`;
  }

  // Letters as large as the slide has room for.
  fit() {
    const slide = all(this.root, "[data-slide]").find((each) => !each.hidden);
    if (!slide) return;
    let size = 1;
    slide.style.setProperty("--fit", size);
    while (slide.scrollHeight > slide.clientHeight && size > SMALLEST) {
      size -= 0.04;
      slide.style.setProperty("--fit", size);
    }
  }
}

let stage = null;

function mountAll() {
  const root = one(document, "[data-present]");
  const story = root && stories.get(root.dataset.story);
  if (!stage && story && taught) stage = new Stage(root, story.plan, story.draw, taught);
}

window.TheLineBetween = {
  tell, marks, flows, areas, relief, fail, mountAll,
  teach: (lesson) => {
    taught = lesson;
    mountAll();
  },
  get stage() {
    return stage;
  },
};
