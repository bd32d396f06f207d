// What the address asks of the page that others frame: read as story/embedding.py reads it, from the same table.

const PAPERS = ["#fbf9f4", "#171614"]; // these three as in story/accents.py
const LEAST_CONTRAST = 4.8;
const MIXES = 20;
const framed = window.parent !== window;

const optionReaders = {
  one: (given, values) => (values.includes(given) ? given : ""),
  range: (given, values) => {
    const cut = given.indexOf("..");
    const [first, last] = cut < 0 ? [given, given] : [given.slice(0, cut), given.slice(cut + 2)];
    const [from, to] = [values.indexOf(first), values.indexOf(last)];
    if (from < 0 || to < from || (from === 0 && to === values.length - 1)) return "";
    return from === to ? first : `${first}..${last}`;
  },
  accent: (given, values) => {
    if (values.includes(given)) return given;
    return /^#?[0-9a-f]{6}$/i.test(given) ? given.replace("#", "").toLowerCase() : "";
  },
};

// Of each parameter of the table the first value that the query has, where it is known, else the usual one.
function readOptions(query, table) {
  const asked = new URLSearchParams(query);
  const options = {};
  for (const { name, values, usual, kind } of table) options[name] = optionReaders[kind](asked.get(name) ?? "", values) || usual;
  const shown = listShown(options, table);
  if (shown.indexOf(options.chapter) < 1) options.chapter = "";
  return options;
}

// The slugs of the chapters that a page with these options shows.
function listShown(options, table) {
  const { values } = table.find(({ name }) => name === "chapter");
  if (!options.chapters) return values;
  const [first, last = first] = options.chapters.split("..");
  return values.slice(values.indexOf(first), values.indexOf(last) + 1);
}

// Marks the story's root as the address has it, hides the chapters that it leaves out, and gives the options back.
// The app takes only what makes sense there: its page is not anybody's frame.
function markStory(root, { parameters }) {
  const app = root.dataset.base !== "";
  const options = readOptions(window.location.search, parameters);
  for (const { name, usual, everywhere } of parameters) if (app && !everywhere) options[name] = usual;
  if (options.layout === "present") present(root, options);
  for (const { name, usual } of parameters) {
    if (["layout", "theme", "accent", "header", "interaction", "height"].includes(name)) markAs(root, name, options[name], usual);
  }
  if (/^[0-9a-f]{6}$/.test(options.accent)) root.style.setProperty("--accent", `light-dark(${guardAccent(options.accent).join()})`);
  root.classList.toggle("is-framed", framed);
  const shown = new Set(listShown(options, parameters));
  for (const chapter of all(root, "[data-chapter]")) chapter.hidden = !shown.has(chapter.dataset.chapter);
  for (const entry of all(root, "[data-entry]")) entry.hidden = !shown.has(entry.dataset.entry);
  one(root, "[data-menu]").hidden = shown.size < 2;
  const part = !app && (options.chapters || ["map", "card"].includes(options.layout));
  root.classList.toggle("is-part", Boolean(part));
  if (part) leadHome(one(root, "[data-home]"));
  if (!shown.has(one(root, "[data-chapter]").dataset.chapter)) headline(root, true);
  return options;
}

// The stage is a page of its own beside this one. A server gives it at once; a folder is led there; one file has none.
function present(root, options) {
  options.layout = "auto";
  if (one(root, "[data-records]").dataset.src) window.location.replace(`present.html${window.location.search}`);
}

// Where the opening, with the one heading of the first level, is not there, the masthead is that heading.
function headline(root, needed) {
  const masthead = one(root, ".masthead");
  for (const [name, value] of [["role", "heading"], ["aria-level", "1"]]) {
    if (needed) masthead.setAttribute(name, value);
    else masthead.removeAttribute(name);
  }
}

// The title of a part leads to the whole.
function leadHome(link) {
  delete link.dataset.goto;
  link.target = "_blank";
  link.rel = "noopener";
  link.title = link.dataset.whole;
}

function markAs(root, name, value, usual) {
  if (value === usual) delete root.dataset[name];
  else root.dataset[name] = value;
}

// A colour in six digits for the light and the dark page: as it is, or mixed with ink until it can be read.
function guardAccent(digits) {
  const channels = [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
  return [0, 255].map((ink, paper) => {
    for (let step = 0; step <= MIXES; step += 1) {
      const mixed = channels.map((one) => Math.floor((one * (MIXES - step) + ink * step) / MIXES));
      const colour = `#${mixed.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
      if (contrast(colour, PAPERS[paper]) >= LEAST_CONTRAST) return colour;
    }
    return ink ? "#ffffff" : "#000000";
  });
}

function contrast(colour, paper) {
  const [low, high] = [luminance(colour), luminance(paper)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  const linear = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

// In a frame one finger scrolls the page around it, and two move the map; without interaction nothing moves it.
function holdMap(map, { interaction }) {
  if (interaction === "off" || (framed && window.matchMedia("(pointer: coarse)").matches)) map.dragging.disable();
  if (interaction !== "off") return;
  for (const act of ["doubleClickZoom", "touchZoom", "keyboard", "boxZoom"]) map[act]?.disable();
  map.getContainer().inert = true;
}
