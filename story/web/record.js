// The panel that says of one mark what, when, where, how sure, and who says so: the page's own record, shown again.

class Record {
  constructor(root) {
    this.root = root;
    this.panel = one(root, "[data-record-panel]");
    this.body = one(this.panel, "[data-record-body]");
    this.from = null;
    one(this.panel, "[data-close]").addEventListener("click", () => this.close());
    root.addEventListener("click", (event) => {
      const source = event.target.closest?.("[data-fact]");
      if (!source || !this.open(source.dataset.fact, source)) return;
      event.preventDefault();
    });
    root.addEventListener("keydown", (event) => {
      const source = event.target.closest?.(".mark[data-fact]");
      if (source && (event.key === "Enter" || event.key === " ") && this.open(source.dataset.fact, source)) event.preventDefault();
    });
  }

  open(fact, source) {
    const record = document.getElementById(`record-${fact}`);
    if (!record) {
      this.fetch(() => this.open(fact, source));
      return true;
    }
    const copy = record.cloneNode(true);
    copy.removeAttribute("id");
    this.body.replaceChildren(copy);
    this.panel.hidden = false;
    this.body.scrollTop = 0;
    this.from = source;
    this.light(fact);
    this.panel.focus({ preventScroll: true });
    return true;
  }

  // The records come when there is time, or when the first is asked for: as a script, which opens from a disk too.
  fetch(then) {
    if (then) this.waiting = then;
    if (this.asked) return;
    this.asked = true;
    const script = make("script");
    script.src = one(this.root, "[data-records]").dataset.src;
    script.onerror = () => (this.asked = false);
    document.head.append(script);
  }

  keep(html) {
    const list = one(this.root, "[data-records]");
    const page = new DOMParser().parseFromString(html, "text/html");
    list.append(...page.body.children);
    list.hidden = false;
    const then = this.waiting;
    this.waiting = null;
    then?.();
  }

  close() {
    if (this.panel.hidden) return false;
    this.panel.hidden = true;
    this.light(null);
    this.from?.focus({ preventScroll: true });
    return true;
  }

  light(fact) {
    for (const mark of all(this.root, ".mark[data-fact]")) mark.classList.toggle("lit", mark.dataset.fact === fact);
  }
}
