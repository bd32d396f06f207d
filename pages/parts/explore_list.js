// The table of records: built once from a file of our own; a change of filters only hides and shows rows.

const kept = new WeakMap(); // home -> promise of the table
const COLUMNS = ["record", "when", "where", "who"];

function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

async function build(home, address) {
  const answer = await fetch(new URL(address, document.baseURI));
  const { rows, words } = await answer.json();
  const table = make("table", "", { role: "table" }); // the roles stay where a phone lays the rows out as cards
  table.append(make("caption", ""));
  const head = make("tr", "", { role: "row" });
  for (const name of COLUMNS) {
    const cell = make("th", "", { scope: "col", role: "columnheader" });
    const button = make("button", words[name], { type: "button", "data-sort": COLUMNS.indexOf(name) });
    cell.append(button);
    head.append(cell);
  }
  const body = make("tbody", "", { role: "rowgroup" });
  rows.forEach(([id, month, when, title, where, who], number) => {
    const row = make("tr", "", { "data-number": number, role: "row" });
    row.keys = [title, month, where, who];
    const cell = make("th", "", { scope: "row", role: "rowheader" });
    cell.append(make("button", title, { type: "button", "data-record": id }));
    row.append(cell, ...[when, where, who].map((text) => make("td", text, { role: "cell" })));
    body.append(row);
  });
  table.append(make("thead", "", { role: "rowgroup" }), body);
  table.tHead.append(head);
  const frame = make("div", "", { class: "scroll", role: "region", "aria-label": "Table of the records shown", tabindex: "0" });
  frame.append(table);
  home.replaceChildren(frame);
  sort(table, 1, false);
  return table;
}

function sort(table, column, up) {
  const rows = [...table.tBodies[0].rows];
  rows.sort((one, other) => one.keys[column].localeCompare(other.keys[column]) * (up ? 1 : -1));
  table.tBodies[0].append(...rows);
  [...table.tHead.rows[0].cells].forEach((cell, index) => {
    if (index === column) cell.setAttribute("aria-sort", up ? "ascending" : "descending");
    else cell.removeAttribute("aria-sort");
  });
}

function fill(table, { shown, chosen }) {
  const asked = new Set(shown);
  for (const row of table.tBodies[0].rows) {
    const number = Number(row.dataset.number);
    row.hidden = !asked.has(number);
    const button = row.querySelector("button");
    if (number === chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  table.caption.textContent = `${shown.length} of ${table.tBodies[0].rows.length} records, in step with the map. Those without a place are here only.`;
}

export default function ({ parentElement, data }) {
  const home = parentElement.querySelector(".explore-list");
  if (!kept.has(home)) kept.set(home, build(home, data.rows));
  kept.get(home).then((table) => {
    fill(table, data);
    home.onclick = (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.record) window.postMessage({ type: "atlas:press", press: { fact: button.dataset.record, fly: true } }, location.origin);
      else if (button?.dataset.sort) {
        const column = Number(button.dataset.sort);
        sort(table, column, button.closest("th").getAttribute("aria-sort") !== "ascending");
      }
    };
  });
}
