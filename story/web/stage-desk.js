// The presenter's window: what is shown and what comes next, notes, questions, the clock against the plan, and the way to
// every chapter. It shows no map of its own; it moves the stage, and follows it.

const CLOCK_MS = 1000;

class Desk {
  constructor(stage) {
    this.stage = stage;
    this.words = stage.lesson.words;
    this.met = false;
    this.home = make("main", "desk");
    document.title = `${this.words.does.notes} · ${document.title}`;
    const theatre = one(stage.root, "[data-theatre]");
    this.titles = new Map(all(theatre, "[data-slide]").map((slide) => [slide.dataset.slide, one(slide, "h1, h2").textContent]));
    for (const slug of ["open", "close"]) this.titles.set(slug, this.words.steps[slug]);
    this.stills = new Map(all(stage.root, "[data-jump]").map((button) => [button.dataset.jump, one(button, "img").getAttribute("src")]));
    theatre.replaceWith(this.home);
    one(stage.root, "[data-tools]").hidden = true;
    this.build();
    stage.hands = [];
    window.setInterval(() => this.tick(), CLOCK_MS);
  }

  build() {
    const words = this.words;
    this.now = make("section", "desk-now");
    this.next = make("section", "desk-next");
    this.notes = make("section", "desk-notes");
    this.notes.tabIndex = 0;
    this.clock = make("section", "desk-clock");
    this.jumps = make("nav", "desk-jumps");
    this.jumps.setAttribute("aria-label", words.jump);
    this.time = make("p", "time");
    this.pace = make("p", "pace");
    this.alone = make("p", "alone");
    const open = this.button(words.open_stage, () => this.stage.link.open("present.html", ""));
    this.alone.append(make("span", "", `${words.alone} `), open);
    const deeds = make("p", "deeds");
    for (const deed of ["back", "forth"]) deeds.append(this.button(deed === "back" ? "← PageUp" : "PageDown →", () => this.stage.act(deed), deed));
    for (const deed of ["blank", "freeze", "fine"]) deeds.append(this.button(words.does[deed], () => this.stage.act(deed), deed));
    const reset = this.button(words.restart, () => this.stage.change({ began: Date.now(), held: 0 }));
    const hold = this.button(words.hold, () => this.hold());
    this.clock.append(this.time, this.pace, reset, hold, this.alone);
    const list = make("ol");
    for (const slug of this.stage.slugs) {
      const button = this.button(this.titles.get(slug), () => this.stage.jump(slug));
      button.dataset.jump = slug;
      const item = make("li");
      item.append(button);
      list.append(item);
    }
    this.jumps.append(list);
    this.home.append(this.now, this.next, deeds, this.notes, this.clock, this.jumps);
  }

  button(text, act, deed = "") {
    const button = make("button", "plain", text);
    button.type = "button";
    if (deed) button.dataset.do = deed;
    button.addEventListener("click", act);
    return button;
  }

  // A stage has answered.
  meet() {
    this.met = true;
    this.alone.hidden = true;
  }

  show() {
    const { stage, words } = this;
    const step = stage.step();
    const next = stage.steps[stage.state.at + 1];
    const chapter = stage.slugs[stage.slugs.indexOf(step.slug) + 1];
    this.card(this.now, words.now, step.slug, words.steps[step.part]);
    this.card(this.next, words.then, chapter, next ? `${words.then}: ${words.steps[next.part]}` : "");
    const lesson = stage.lesson.chapters[step.slug];
    this.notes.replaceChildren(...(lesson ? this.paragraphs(step, lesson) : []));
    for (const button of all(this.jumps, "button")) setStep(button, button.dataset.jump === step.slug);
    for (const deed of ["blank", "freeze", "fine"]) {
      const on = { blank: stage.state.blank, freeze: stage.state.frozen, fine: stage.state.fine }[deed];
      one(this.home, `[data-do=${deed}]`).setAttribute("aria-pressed", String(on));
    }
    stage.root.dataset.step = String(stage.state.at);
    this.tick();
  }

  // The chapter that is shown with its part, or the chapter that follows with the step that comes next.
  card(home, label, slug, part) {
    const parts = [make("p", "label", label)];
    if (this.stills.has(slug)) {
      const picture = make("img");
      picture.src = this.stills.get(slug);
      picture.alt = "";
      parts.push(picture);
    }
    parts.push(make("h2", "", this.titles.get(slug) || this.words.the_end), make("p", "", part));
    home.replaceChildren(...parts);
  }

  paragraphs(step, lesson) {
    const head = (text) => make("h3", "", text);
    const list = (lines) => {
      const made = make("ul");
      made.append(...lines.map((line) => make("li", "", line)));
      return made;
    };
    const { asked } = lesson;
    const parts = [];
    if (asked && ["ask", "answer"].includes(step.part)) parts.push(head(this.words.steps.ask), list([...asked.answers, asked.reveal]), make("p", "guessed", this.guessed(step.slug, asked)));
    if (step.part === "questions") parts.push(head(this.words.discuss), list(lesson.questions));
    const words = this.stage.lesson.words.notes;
    if (lesson.say.length) parts.push(head(words.say), list(lesson.say), head(words.beware), list(lesson.beware));
    if (lesson.objections.length) parts.push(head(words.objections), list(lesson.objections.map(([side, text]) => `${side}: ${text}`)));
    if (lesson.verdicts.length) parts.push(head(this.words.verdicts), list(lesson.verdicts));
    if (step.part !== "questions" && lesson.questions.length) parts.push(head(this.words.discuss), list(lesson.questions));
    return parts;
  }

  guessed(slug, asked) {
    const guess = this.stage.state.guesses[slug];
    if (guess === undefined || guess === null) return this.words.no_guess;
    const named = (index) => asked.options[index] || "";
    const said = asked.kind === "number" ? `${say(guess)} ${asked.unit}` : asked.kind === "place" ? named(guess) : Array.from(guess, named).join(", ");
    return `${this.words.guessed} ${said}`;
  }

  hold() {
    const { began, held } = this.stage.state;
    if (!began && !held) return;
    this.stage.change(began ? { began: 0, held: Date.now() - began } : { began: Date.now() - held, held: 0 });
  }

  tick() {
    const { began, held, slug } = this.stage.state;
    const elapsed_s = Math.floor((began ? Date.now() - began : held) / 1000);
    const [from, to] = plannedMinutes(this.stage.lesson, this.stage.slugs, slug);
    const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.time.textContent = `${clock(elapsed_s)} / ${this.stage.lesson.minutes}:00`;
    const minutes = elapsed_s / 60;
    const late = minutes > to ? Math.ceil(minutes - to) : minutes < from ? Math.floor(minutes - from) : 0;
    const said = late > 0 ? this.words.behind : late < 0 ? this.words.ahead : this.words.on_time;
    const pace = began || held ? ` ${fillIn(said, { minutes: Math.abs(late) })}` : "";
    this.pace.textContent = `${this.words.planned} ${from}–${to}.${pace}`;
  }
}

function setStep(element, current) {
  if (current) element.setAttribute("aria-current", "step");
  else element.removeAttribute("aria-current");
}
