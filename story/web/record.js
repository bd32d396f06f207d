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
    root.addEventListener("click", (event) => {
      const words = event.target.closest?.("[data-claim]");
      if (!words) return;
      event.preventDefault();
      this.claim(words.dataset.claim);
    });
    root.addEventListener("toggle", (event) => event.target.matches(".claim") && this.lightClaims(), true);
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
    this.lightClaims();
    this.from?.focus({ preventScroll: true });
    return true;
  }

  // Opens what the record shows of a claim, where it stands beside the text.
  claim(id) {
    const claim = document.getElementById(`claim-${id}`);
    claim.open = true;
    claim.scrollIntoView({ block: "nearest", behavior: stillness.matches ? "instant" : "smooth" });
    one(claim, "summary").focus({ preventScroll: true });
  }

  // The marks of the facts that the open claims rest on stand out on the map, until the claims are closed.
  lightClaims() {
    const cited = all(this.root, ".claim[open] [data-fact]").map((link) => link.dataset.fact);
    this.light(...cited);
  }

  light(...facts) {
    const lit = new Set(facts);
    for (const mark of all(this.root, ".mark[data-fact]")) mark.classList.toggle("lit", lit.has(mark.dataset.fact));
  }
}
