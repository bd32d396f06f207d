// The class weighs the evidence for a claim and compares its verdict with ours. What it enters is kept in this browser alone.

function mountAll() {} // there is no map here

class Scales {
  constructor(root) {
    this.root = root;
    this.key = `the-line-between.weigh.${root.dataset.weigh}`;
    this.forms = new Map(all(root, "form").map((form) => [form.dataset.claim, form]));
    this.choose = one(root, "[data-choose]");
    for (const form of this.forms.values()) this.listen(form);
    this.choose.addEventListener("change", () => this.open(this.choose.value));
    const asked = new URLSearchParams(window.location.search).get("claim");
    this.fill();
    this.open(this.forms.has(asked) ? asked : this.choose.options[0].value);
  }

  listen(form) {
    form.addEventListener("change", () => this.keep());
    form.addEventListener("input", () => this.keep());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.compare(form);
    });
    form.addEventListener("reset", () => window.setTimeout(() => {
      this.hide(form);
      this.keep();
    }));
  }

  open(claim) {
    for (const [id, form] of this.forms) form.hidden = id !== claim;
    this.choose.value = claim;
  }

  compare(form) {
    const given = new FormData(form);
    const verdict = given.get("verdict");
    this.hide(form);
    one(form, "[data-ask-first]").hidden = Boolean(verdict);
    one(form, "[data-answer]").hidden = !verdict;
    if (verdict) {
      const { same, other, agree, differs } = this.root.dataset;
      const said = (id) => one(form, `.verdict-${id} span`).textContent.toLowerCase();
      const right = verdict === form.dataset.verdict;
      one(form, "[data-outcome]").textContent = right ? same : fillIn(other, { yours: said(verdict), ours: said(form.dataset.verdict) });
      const pieces = all(form, "fieldset[data-stance]");
      const alike = pieces.filter((piece) => one(piece, "input:checked")?.value === piece.dataset.stance);
      one(form, "[data-count]").textContent = fillIn(agree, { same: alike.length, all: pieces.length });
      for (const piece of pieces) {
        const note = one(piece, "[data-differs]");
        note.hidden = alike.includes(piece) || !one(piece, "input:checked");
        note.textContent = fillIn(differs, { side: piece.dataset.side.toLowerCase() });
      }
    }
    one(form, "[data-compared]").focus();
  }

  hide(form) {
    for (const element of all(form, "[data-answer], [data-ask-first], [data-differs]")) element.hidden = true;
  }

  keep() {
    const kept = {};
    for (const [id, form] of this.forms) {
      const given = Array.from(new FormData(form)).filter(([, value]) => value);
      if (given.length) kept[id] = Object.fromEntries(given);
    }
    try {
      if (Object.keys(kept).length) window.localStorage.setItem(this.key, JSON.stringify(kept));
      else window.localStorage.removeItem(this.key);
    } catch {
      // This browser keeps nothing: what is entered lasts as long as the page.
    }
  }

  fill() {
    try {
      const kept = JSON.parse(window.localStorage.getItem(this.key) || "{}");
      for (const [id, given] of Object.entries(kept)) {
        for (const element of this.forms.get(id)?.elements || []) {
          if (element.type === "radio") element.checked = given?.[element.name] === element.value;
          else if (element.name === "why" && typeof given?.why === "string") element.value = given.why;
        }
      }
    } catch {
      // Nothing was kept, or nothing that we wrote.
    }
  }
}

function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

new Scales(one(document, "[data-weigh]"));
