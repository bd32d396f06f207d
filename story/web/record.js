// What stands in the panel: a claim with its evidence, or one record; both made of what the page and the records say.

const MOST_FIGURES = 4; // of one fact beside a claim; the whole record has them all
const NEAR_PX = 16; // from where the map is pressed to the middle of a mark that may be meant

class Record {
  static waiting = []; // who has asked for the records; the page may have left the document when they come

  constructor(reader) {
    this.reader = reader;
    this.root = reader.root;
    this.list = one(this.root, "[data-records]");
    this.panel = new Panel(this.root, {
      onClose: (quietly) => this.closed(quietly),
      onRoom: (less) => reader.shown.crowd(less),
      onHeight: () => reader.shown.again(),
    });
    this.lit = new Lit(reader.shown, reader.states);
    this.place = null; // what is open: { slug, claim, fact }
    this.claims = all(this.root, "[data-chapter]:not([hidden]) .claim").map((block) => block.id.slice("claim-".length));
    for (const link of all(this.root, "[data-claim], .mark[data-fact]")) this.asButton(link);
    this.listen();
  }

  asButton(link) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  }

  listen() {
    this.root.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const at = event.target.closest?.("[data-claim], [data-fact], [data-permalink], [data-claim-step], [data-pile], .mark[data-goto]");
      if (!at || (at.closest(".leaflet-container") && this.dragged(event))) return;
      const { claim, fact, claimStep, pile } = at.dataset;
      const marks = at.matches(".mark, .leads") && event.detail > 0 ? this.near(at, event) : [];
      if (marks.length > 1) {
        this.choose(marks, at);
        event.stopImmediatePropagation(); // a mark that leads to a chapter would go there
      } else if (at.dataset.goto) return;
      else if (pile) this.choose(this.place.pile, this.panel.from);
      else if (claimStep) this.step(Number(claimStep));
      else if (claim) this.claim(claim, { from: at });
      else if (fact) this.record(fact, { from: at });
      event.preventDefault();
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      if (event.key === "Enter" && event.target.matches?.("a[href]")) return; // is a click already
      const at = event.target.closest?.("[data-claim], .mark[data-fact], .mark[data-goto], .by-counter a");
      if (!at || at.matches("button")) return;
      if (at.dataset.goto) at.click();
      else if (at.dataset.claim) this.claim(at.dataset.claim, { from: at });
      else this.record(at.dataset.fact, { from: at });
      event.preventDefault();
    });
    for (const kind of ["pointerover", "focusin"]) {
      this.panel.content.addEventListener(kind, (event) => this.lit.point(event.target.closest("[data-item]")?.dataset.item));
    }
    window.addEventListener("hashchange", () => this.root.isConnected && this.follow(askedFor()));
  }

  // The end of a drag is a click to the browser, on whatever lies under the pointer then.
  dragged(event) {
    return event.detail > 0 && Boolean(this.reader.shown.map.dragging?.moved());
  }

  // The marks that a press may mean, the pressed one first, each record and each chapter once. For a stretch of the line
  // or an area stands the mark of its record; one without a mark is meant alone.
  near(pressed, { clientX, clientY }) {
    const shown = all(this.reader.shown.element, ":is(.strength-full, .leaflet-lit-pane) .mark:is([data-fact], [data-goto])");
    const first = pressed.matches(".mark") ? pressed : shown.find(({ dataset }) => dataset.fact === pressed.dataset.fact);
    if (!first) return [];
    const marks = shown.filter((mark) => {
      const { left, top, width, height } = mark.getBoundingClientRect();
      return Math.hypot(left + width / 2 - clientX, top + height / 2 - clientY) <= NEAR_PX;
    });
    const leads = ({ dataset }) => dataset.fact || dataset.goto;
    return Array.from(new Map([first, ...marks].reverse().map((mark) => [leads(mark), mark])).values()).reverse();
  }

  // Marks lie one over another: which is meant?
  async choose(pile, from) {
    const place = { slug: this.reader.slug, pile };
    this.turnTo(place);
    const { onTheMap, pileTitle } = this.list.dataset;
    this.panel.open({ kind: onTheMap, title: [pileTitle], content: [sayPile(pile)], from });
    this.panel.count(0, 0);
    const records = await this.fetch();
    const facts = pile.map((mark) => mark.dataset.fact).filter((fact) => Object.hasOwn(records, fact));
    if (this.place === place) this.light(facts, records);
  }

  // Opens what an address asks for, if there is such a thing; tells whether it is known to be there.
  follow({ claim, fact }, options = {}) {
    if (this.claims.includes(claim)) return this.claim(claim, options) || true;
    if (fact) this.record(fact, options);
    return false;
  }

  slugOf(claim) {
    return document.getElementById(`claim-${claim}`).closest("[data-chapter]").dataset.chapter;
  }

  async claim(id, { from, focus = true } = {}) {
    const block = document.getElementById(`claim-${id}`);
    if (block && !this.claims.includes(id)) window.open(wholeAddress({ claim: id }), "_blank", "noopener");
    if (!this.claims.includes(id)) return;
    const slug = this.slugOf(id);
    const words = document.getElementById(`cited-${id}`);
    const outside = from && !this.panel.element.contains(from) && from.closest(`#${CSS.escape(slug)}`);
    const near = this.claims.filter((other) => this.slugOf(other) === slug);
    this.turnTo({ slug, claim: id });
    this.panel.open({ ...sayClaim(block, this.list.dataset), from: outside ? from : words, focus });
    this.panel.count(near.indexOf(id), near.length);
    words.scrollIntoView({ block: "nearest", behavior: "instant" });
    this.reader.stepper.reveal(words);
    this.light([]);
    const records = await this.fetch();
    if (this.place?.claim !== id || this.place.fact) return;
    for (const item of all(this.panel.content, ".evidence li")) this.fill(item, records);
    this.light(all(this.panel.content, ".evidence [data-fact]").map((link) => link.dataset.fact), records);
  }

  async record(fact, { from, focus = true } = {}) {
    const records = await this.fetch();
    const record = this.article(fact, records);
    if (!record) return this.miss(records, from);
    const chapters = record.dataset.chapters.split(" ").filter((each) => this.reader.states.has(each));
    const slug = chapters.includes(this.reader.slug) || !chapters.length ? this.reader.slug : chapters[0];
    const { claim, pile } = (this.panel.element.contains(from) && this.place) || {};
    const back = this.panel.element.contains(from) ? this.panel.from : from;
    this.turnTo({ slug, fact, under: claim, pile });
    const [title, ...rest] = Array.from(record.children);
    const kind = claim || pile ? backTo({ claim, pile }, this.list.dataset) : this.list.dataset.oneRecord;
    this.panel.open({ kind, title: Array.from(title.childNodes), content: rest, from: back, focus });
    this.panel.count(0, 0);
    this.light([fact], records);
  }

  // What was pressed is there, but the records have not come: said, and asked for again at the next press.
  miss(records, from) {
    if (!from || Object.keys(records).length) return;
    this.turnTo({ slug: this.reader.slug });
    const { oneRecord, recordsLost } = this.list.dataset;
    this.panel.open({ kind: oneRecord, title: [from.textContent.trim()], content: [make("p", "", recordsLost)], from });
    this.panel.count(0, 0);
  }

  // The chapter that the panel speaks of is the one that is read.
  turnTo(place) {
    this.place = place;
    if (this.reader.slug !== place.slug) {
      this.reader.scroll.to(place.slug, false);
      this.reader.scroll.look();
    }
    this.reader.tellAddress();
  }

  step(by) {
    if (!this.place) return; // the panel was closed meanwhile
    const near = this.claims.filter((other) => this.slugOf(other) === this.place.slug);
    const next = near[near.indexOf(this.place.claim) + by];
    if (next) this.claim(next);
  }

  close(options) {
    return this.panel.close(options);
  }

  closed(quietly) {
    this.place = null;
    this.expand(null);
    this.lit.clear(quietly);
    this.reader.tellAddress();
  }

  // Another chapter is read: what belongs to this one goes.
  leave(slug) {
    if (this.place && this.place.slug !== slug) this.close({ quietly: true });
    else if (this.place) this.lit.mark(this.reader.states.get(slug));
  }

  light(facts, records) {
    this.expand(this.place.claim || this.place.under);
    this.lit.show(facts.map((id) => this.factOf(id, records)), this.place.slug);
  }

  expand(claim) {
    for (const link of all(this.root, ".text [data-claim]")) {
      const open = link.dataset.claim === claim;
      link.setAttribute("aria-expanded", String(open));
      link.classList.toggle("open", open);
    }
  }

  factOf(id, records) {
    const record = this.article(id, records);
    return { id, title: one(record, "h3")?.textContent || "", spots: JSON.parse(record.dataset.spots || "[]") };
  }

  // One record as an element of its own; undefined where there is none.
  article(fact, records) {
    if (!Object.hasOwn(records, fact)) return undefined;
    const page = new DOMParser().parseFromString(records[fact], "text/html");
    const record = document.adoptNode(one(page, "article"));
    record.removeAttribute("id");
    for (const link of all(record, "a[href^='records.html']")) link.setAttribute("href", this.root.dataset.base + link.getAttribute("href"));
    for (const link of all(record, "[data-claim]")) this.asButton(link);
    return record;
  }

  fill(item, records) {
    const link = one(item, "[data-fact]");
    const record = link && this.article(link.dataset.fact, records);
    if (record) item.replaceChildren(...sayItem(link, record, this.list.dataset));
  }

  // The records come when there is time, or when the first is asked for: as a script, which opens from a disk too.
  fetch() {
    const inside = one(this.list, "[data-inside]"); // a story in one file has them in its page
    if (inside && !this.coming) this.coming = Promise.resolve((this.records = JSON.parse(inside.textContent)));
    if (!this.coming) {
      this.coming = new Promise((keep) => {
        Record.waiting.push(keep);
        const script = make("script");
        script.src = this.list.dataset.src;
        script.onerror = () => {
          this.coming = null;
          keep({});
        };
        document.head.append(script);
      }).then((records) => (this.records = records));
    }
    return this.coming;
  }
}
