// The search for a place: what is typed goes to the gazetteer, its answers come back and are a list to choose from.
// Sends `query` while one types and `chosen`, the id of an answer.

const PAUSE_MS = 160;
const kept = new WeakMap(); // home -> search

function make(tag, className, attributes = {}) {
  const element = document.createElement(tag);
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

class Search {
  constructor(home) {
    this.input = home.querySelector("input");
    this.list = home.querySelector("[role=listbox]");
    this.said = home.querySelector("[role=status]");
    this.active = -1;
    this.wanted = false; // whether the list may lie open
    this.input.oninput = () => this.ask();
    this.input.onkeydown = (event) => this.press(event);
    this.input.onfocus = () => this.input.select();
    this.input.onblur = () => this.open(false);
    this.list.onpointerdown = (event) => event.preventDefault(); // the focus stays in the field
    this.list.onclick = (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.index));
    };
  }

  ask() {
    this.wanted = true;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send("query", this.input.value.trim()), PAUSE_MS);
  }

  show(data, send) {
    this.send = send;
    this.input.setAttribute("aria-label", data.words.label);
    this.input.placeholder = data.words.label;
    if (data.query !== this.input.value.trim()) return; // answers to what stood there before
    const same = this.data && JSON.stringify(this.data) === JSON.stringify(data);
    this.data = data;
    if (!same) this.fill();
    this.open(this.wanted && document.activeElement === this.input);
  }

  fill() {
    const { matches, query, words } = this.data;
    this.active = -1;
    const options = matches.map((match, index) => {
      const option = make("li", "", { role: "option", id: `found-${index}`, "data-index": index, "aria-selected": "false" });
      const name = make("b", "");
      name.textContent = match.name;
      option.append(name);
      for (const { text, lang } of match.names) {
        const other = make("bdi", "", { lang, dir: "rtl" });
        other.textContent = text;
        option.append(" ", other);
      }
      const detail = make("span", "");
      detail.textContent = match.detail;
      option.append(detail);
      return option;
    });
    if (query && !matches.length) {
      const none = make("li", "none", { role: "option", "aria-disabled": "true", "aria-selected": "false" });
      none.textContent = words.none;
      options.push(none);
    }
    this.list.replaceChildren(...options);
    this.said.textContent = query ? words.found.replace("{count}", matches.length) : "";
  }

  open(wanted) {
    const open = Boolean(wanted && this.list.children.length);
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.mark(-1);
  }

  mark(index) {
    this.active = index;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === index)));
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `found-${index}`);
    this.list.children[index]?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const count = this.data?.matches.length || 0;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      event.preventDefault();
      this.wanted = true;
      this.open(true);
      this.mark((this.active + step + count) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.data?.query === this.input.value.trim()) this.choose(Math.max(0, this.active));
    } else if (event.key === "Escape") {
      this.wanted = false;
      this.open(false);
    }
  }

  choose(index) {
    const match = this.data?.matches[index];
    if (!match) return;
    this.input.value = match.name;
    this.wanted = false;
    this.open(false);
    this.send("chosen", match.id);
  }
}

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const home = parentElement.querySelector(".explore-search");
  if (!kept.has(home)) kept.set(home, new Search(home));
  const send = (name, value) => (name === "query" ? setStateValue(name, value) : setTriggerValue(name, value));
  kept.get(home).show(data, send);
}
