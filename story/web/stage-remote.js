// Hands on the stage: the keys of a keyboard and of remotes that present as one, touch, the pointer, playing by itself.

const DIGITS_MS = 900; // how long a second digit may take
const SWIPE_PX = 60;
const PAUSE_MS = 20000; // of quiet, before a stage that plays by itself goes on

const DEEDS = {
  PageDown: "forth", ArrowRight: "forth", " ": "forth", Enter: "forth", n: "forth", PageUp: "back", ArrowLeft: "back",
  ArrowDown: "nextChapter", ArrowUp: "lastChapter", Home: "first", End: "last",
  b: "blank", ".": "blank", f: "freeze", l: "laser", o: "overview", s: "fine", c: "contrast", a: "larger", k: "kiosk", p: "notes",
  "+": "closer", "=": "closer", "-": "further", Backspace: "home", "?": "help", Escape: "escape",
};

function listenToRemote(stage) {
  let typed = "";
  let wait = 0;
  const jump = () => {
    const number = Number(typed);
    typed = "";
    stage.jump(stage.plan.chapters[number]?.slug);
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const at = event.target instanceof Element ? event.target : document.body;
    if (event.key === "F5") {
      event.preventDefault();
      stage.begin(event.shiftKey);
      return;
    }
    if (at.closest("input") && /^(Arrow|Home|End)/.test(event.key)) return; // they move the slider
    if ([" ", "Enter"].includes(event.key) && at.closest("button, a, summary")) return;
    if (/^\d$/.test(event.key)) {
      typed += event.key;
      window.clearTimeout(wait);
      if (typed.length > 1 || Number(typed) * 10 >= stage.plan.chapters.length) jump();
      else wait = window.setTimeout(jump, DIGITS_MS);
      return;
    }
    const asked = stage.asking();
    if (asked && event.key.length === 1 && LETTERS.includes(event.key.toLowerCase()) && asked.key(event.key.toLowerCase())) {
      event.preventDefault();
      return;
    }
    const deed = DEEDS[event.key] || DEEDS[event.key.toLowerCase()];
    if (!deed || (deed === "escape" && document.querySelector("dialog[open]"))) return;
    event.preventDefault();
    stage.act(deed);
  });
  for (const element of stage.hands || []) listenToSwipes(element, stage);
}

function listenToSwipes(element, stage) {
  let from = null;
  element.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 ? touches[0] : null), { passive: true });
  element.addEventListener("touchend", ({ changedTouches: [to], target }) => {
    if (!from || target.closest("input")) return;
    const [across, along] = [to.clientX - from.clientX, to.clientY - from.clientY];
    if (Math.abs(across) > SWIPE_PX && Math.abs(across) > 2 * Math.abs(along)) stage.act(across < 0 ? "forth" : "back");
    from = null;
  });
}

// A dot that follows the pointer.
function followPointer(dot, root) {
  root.addEventListener("pointermove", ({ clientX, clientY }) => {
    dot.style.transform = `translate(${clientX}px, ${clientY}px)`;
  });
}

// Plays by itself and loops; any hand stops it, and it goes on when none has come for a while.
class Kiosk {
  constructor(stage, pace_s) {
    Object.assign(this, { stage, pace_s, on: false, next: 0, quiet: 0 });
    for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
      document.addEventListener(kind, (event) => this.on && !event.target.closest?.("[data-do=kiosk]") && event.key?.toLowerCase() !== "k" && this.rest(), { passive: true, capture: true });
    }
  }

  start(on) {
    this.on = on;
    window.clearTimeout(this.quiet);
    this.show(false);
    this.wind(on);
  }

  wind(on) {
    window.clearTimeout(this.next);
    if (!on) return;
    this.next = window.setTimeout(() => {
      const last = this.stage.state.at === this.stage.steps.length - 1;
      this.stage.go(last ? 0 : this.stage.state.at + 1);
      this.wind(true);
    }, this.pace_s * 1000);
  }

  rest() {
    this.wind(false);
    this.show(true);
    window.clearTimeout(this.quiet);
    this.quiet = window.setTimeout(() => {
      this.show(false);
      this.wind(this.on);
    }, Math.min(PAUSE_MS, this.pace_s * 3000));
  }

  show(paused) {
    one(this.stage.root, "[data-paused]").hidden = !paused;
  }
}
