// The keyboard, and the remotes that present as one: forth, back, first, last, and out of the map.

const FORTH = new Set(["ArrowRight", "j", "PageDown", " "]);
const BACK = new Set(["ArrowLeft", "k", "PageUp"]);

function listenToKeys(reader) {
  const onKey = (event) => {
    if (!reader.root.isConnected || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = event.target instanceof Element ? event.target : document.body;
    if (event.key === "Escape") return escape(reader, at);
    if (at.closest("input, textarea, select, [contenteditable], [data-map], [data-record-panel]")) return undefined;
    if (event.key === " " && at.closest("button, a, summary, [role=button]")) return undefined;
    const step = FORTH.has(event.key) ? 1 : BACK.has(event.key) ? -1 : 0;
    const move = event.key === " " && event.shiftKey ? -1 : step;
    if (move) reader.step(move);
    else if (event.key === "Home") reader.goto(reader.plan.chapters[0].slug);
    else if (event.key === "End") reader.goto(reader.plan.chapters.at(-1).slug);
    else return undefined;
    event.preventDefault();
    return undefined;
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

function escape(reader, at) {
  const menu = one(reader.root, "[data-menu]");
  if (reader.record.close()) return;
  if (menu.open) {
    menu.open = false;
    one(menu, "summary").focus();
    return;
  }
  const borders = one(reader.root, "[data-borders-choice]");
  if (borders?.open) {
    borders.open = false;
    one(borders, "summary").focus();
    return;
  }
  if (!at.closest("[data-map-side]")) return;
  reader.shown.explore(false);
  one(reader.root, "[data-text]").focus({ preventScroll: true });
}
