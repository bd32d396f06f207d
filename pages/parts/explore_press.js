// Hears presses on the map (in its frame) and on rows, and hands them on at once: with every further one again, until
// the page says that it has taken them. So no run of the page that is under way can swallow one.

const kept = new WeakMap(); // home -> what listens there

class Ear {
  constructor() {
    this.waiting = [];
    this.last = 0;
    this.hear = ({ data, source }) => {
      const frame = document.querySelector(".st-key-atlas-frame iframe");
      if (data?.type !== "atlas:press" || ![window, frame?.contentWindow].includes(source)) return;
      this.last = Math.max(performance.now(), this.last + 0.001); // no two at the same time
      const panel = document.querySelector(".st-key-atlas-side [role=radio][aria-checked=true]")?.textContent.trim();
      this.waiting.push({ ...data.press, at: this.last, panel });
      this.send("told", this.waiting);
    };
    window.addEventListener("message", this.hear);
  }

  show(taken, send) {
    this.send = send;
    this.waiting = this.waiting.filter(({ at }) => at > taken);
  }

  leave() {
    window.removeEventListener("message", this.hear);
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  const home = parentElement.querySelector(".explore-press");
  if (!kept.has(home)) kept.set(home, new Ear());
  const ear = kept.get(home);
  ear.show(data.taken, setTriggerValue);
  return () => {
    ear.leave();
    kept.delete(home);
  };
}
