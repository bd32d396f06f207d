// Builds the nodes of the panel and of the printed notes from what the page says of claims and the records of facts.

const MOST_SOURCES = 2; // of one fact on paper, the best first; its record has them all

// A claim's heading and content, from its note in the page.
function sayClaim(block, words) {
  const verdict = one(block, ".verdict").cloneNode(true);
  const statement = one(block, ".statement").cloneNode(true);
  const body = one(block, "[data-claim-body]").cloneNode(true);
  const means = one(body, ".means");
  const label = make("span", "label", words.essaySays);
  one(body, ".to-text").remove();
  for (const head of all(body, "h5")) head.setAttribute("aria-level", "3"); // right below the panel's own heading
  body.prepend(means);
  body.className = `claim-sheet ${block.className.replace("claim ", "")}`;
  const head = make("span", block.className.replace("claim ", "said "));
  head.append(verdict, " ", label, " ", statement);
  return { kind: one(block, ".note-number").dataset.kind, title: [head], content: [body] };
}

// The way back from a record to what it was opened from: a claim, or marks that lie one over another.
function backTo({ claim, pile }, words) {
  const button = make("button", "way-back", claim ? words.backToClaim : words.backToPile);
  button.type = "button";
  if (claim) button.dataset.claim = claim;
  else button.dataset.pile = pile.length;
  return button;
}

// Marks that lie one over another as a list, each as it looks on the map.
function sayPile(pile) {
  const list = make("ul", "pile");
  for (const mark of pile) {
    const signs = Array.from(mark.classList).filter((name) => /^(ink|sure)-/.test(name));
    const button = make("button", signs.join(" "));
    button.type = "button";
    for (const kind of ["fact", "goto"]) if (mark.dataset[kind]) button.dataset[kind] = mark.dataset[kind];
    button.append(one(mark, "svg").cloneNode(true), make("span", "", mark.getAttribute("aria-label")));
    const item = make("li");
    item.append(button);
    list.append(item);
  }
  return list;
}

// One piece of evidence: its title opens what the record says, its sources stand open.
function sayItem(link, record, words) {
  const details = make("details", "item");
  details.dataset.item = link.dataset.fact;
  const summary = make("summary");
  summary.append(make("span", "item-title", link.textContent), " ", make("span", "when", one(record, ".when").textContent));
  const figures = one(record, ".figures");
  for (const more of Array.from(figures?.children || []).slice(MOST_FIGURES)) more.remove();
  const whole = make("p", "whole");
  link.textContent = words.wholeRecord;
  whole.append(link);
  details.append(summary, ...[one(record, ".what"), figures, one(record, ".contested"), one(record, ".sure"), whole].filter(Boolean));
  const sources = one(record, ".sources");
  sources.dataset.item = link.dataset.fact;
  return [details, sources];
}

// The notes on paper: every claim with its evidence, each source with its address where it is first named.
function writeEndnotes(root, records, article) {
  const home = one(root, "[data-endnotes]");
  const first = new Map(); // fact -> number of the note that has its sources
  home.replaceChildren(...Array.from(home.children).filter((child) => !child.matches("ol")));
  const list = make("ol");
  for (const block of all(root, "[data-chapter]:not([hidden]) .claim")) {
    const number = one(block, ".note-number").textContent;
    const item = block.cloneNode(true);
    item.removeAttribute("id");
    for (const entry of all(item, ".evidence li")) {
      const { fact } = one(entry, "[data-fact]").dataset;
      const record = article(fact, records);
      if (first.has(fact)) entry.append(` (${home.dataset.seeNote} ${first.get(fact)})`);
      else if (record) entry.append(printedSources(record));
      if (record && !first.has(fact)) first.set(fact, number);
    }
    one(item, ".ways").remove();
    const entry = make("li");
    entry.append(item);
    list.append(entry);
  }
  home.append(list);
  home.hidden = false;
}

function printedSources(record) {
  const sources = make("span", "printed");
  for (const link of all(record, ".sources a").slice(0, MOST_SOURCES)) {
    sources.append(" ", make("span", "source", link.textContent), " ", make("span", "url", link.getAttribute("href").replace(/^https?:\/\//, "")), ".");
  }
  return sources;
}
