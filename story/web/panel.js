// The one panel: beside the text on a wide screen, a sheet from below on a phone. It takes the focus and gives it back.

const PULL_PX = 56; // how far the handle is pulled before the sheet follows
const STILL_PX = 8; // up to which a finger is only pressing

class Panel {
  constructor(root, { onRoom, onClose, onHeight }) {
    this.root = root;
    this.element = one(root, "[data-record-panel]");
    this.title = one(this.element, "[data-panel-title]");
    this.content = one(this.element, "[data-panel-content]");
    this.body = one(this.element, "[data-record-body]");
    this.grip = one(this.element, "[data-grip]");
    this.onRoom = onRoom; // told before the panel takes room from the map, and after it has given it back
    this.onClose = onClose;
    this.onHeight = onHeight;
    this.from = null;
    one(this.element, "[data-close]").addEventListener("click", () => this.close());
    this.element.addEventListener("keydown", (event) => event.key === "Tab" && this.turn(event));
    this.watchGrip();
  }

  get isOpen() {
    return !this.element.hidden;
  }

  // title: nodes of the heading; content: nodes below it; from: where the focus goes back to.
  open({ kind, title, content, from, focus = true }) {
    one(this.element, "[data-panel-kind]").replaceChildren(kind);
    this.title.replaceChildren(...title);
    this.content.replaceChildren(...content);
    if (!this.isOpen) this.onRoom(true);
    this.element.hidden = false;
    this.root.classList.add("has-panel");
    this.body.scrollTop = 0;
    this.from = from;
    if (focus) this.title.focus({ preventScroll: true });
  }

  close({ quietly = false } = {}) {
    if (!this.isOpen) return false;
    const held = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.root.classList.remove("has-panel");
    this.stretch(false);
    this.onRoom(false);
    this.onClose(quietly);
    if (held) this.from?.focus({ preventScroll: true });
    return true;
  }

  // Which claim of how many; null for a record, which has no neighbours.
  count(index, all) {
    one(this.element, "[data-panel-steps]").hidden = all < 2;
    one(this.element, "[data-panel-count]").textContent = `${index + 1} / ${all}`;
    one(this.element, "[data-claim-step='-1']").disabled = index <= 0;
    one(this.element, "[data-claim-step='1']").disabled = index >= all - 1;
  }

  // The panel stands in the order of the keyboard right behind the word that opened it.
  turn(event) {
    const stops = all(this.element, "a[href], button, summary, [data-panel-title]").filter((stop) => stop.checkVisibility() && !stop.disabled);
    const edge = event.shiftKey ? [this.title, stops[0]] : [stops.at(-1)];
    if (!edge.includes(document.activeElement) || !this.from?.isConnected) return;
    event.preventDefault();
    this.from.focus({ preventScroll: this.isSheet() });
  }

  isSheet() {
    return getComputedStyle(this.element).getPropertyValue("--panel").trim() === "sheet";
  }

  // Half the screen or nearly all of it.
  stretch(tall) {
    const changed = this.element.classList.contains("tall") !== tall;
    this.element.classList.toggle("tall", tall);
    this.grip.setAttribute("aria-expanded", String(tall));
    this.grip.setAttribute("aria-label", tall ? this.grip.dataset.shorter : this.grip.dataset.taller);
    if (changed && this.isOpen) this.onHeight();
  }

  // The handle: pressed it changes the height, pulled it follows the finger; a pull down from half closes.
  watchGrip() {
    let start = null;
    let pulled = 0;
    const bar = one(this.element, "[data-panel-head]");
    bar.addEventListener("pointerdown", (event) => {
      if (!this.isSheet() || !event.isPrimary || event.target.closest("button:not([data-grip]), a")) return;
      [start, pulled] = [event.clientY, 0];
    });
    bar.addEventListener("pointermove", (event) => {
      if (start === null) return;
      pulled = event.clientY - start;
      if (Math.abs(pulled) < STILL_PX) return;
      bar.setPointerCapture(event.pointerId); // not before: a press is the handle's own
      this.element.style.transform = `translateY(${Math.max(pulled, -12)}px)`;
    });
    const end = (event) => {
      if (start === null) return;
      start = null;
      this.element.style.transform = "";
      if (event.type !== "pointerup") return;
      const tall = this.element.classList.contains("tall");
      if (pulled < -PULL_PX) this.stretch(true);
      else if (pulled > PULL_PX && tall) this.stretch(false);
      else if (pulled > PULL_PX) this.close();
    };
    bar.addEventListener("pointerup", end);
    bar.addEventListener("pointercancel", end);
    this.grip.addEventListener("click", () => Math.abs(pulled) < STILL_PX && this.stretch(!this.element.classList.contains("tall")));
  }
}
