// What the other files share: the one global of the page, small words for the DOM, and the time things take.

const REST_MS = 130; // how long the reader must rest before the map follows
const FIRST_REST_MS = 1500; // how long the first view has the line to itself
const GAP_PX = 14; // air between the subject and what lies over the map

const shapes = {}; // name of a mark -> its SVG path, from story/marks.py
const stories = new Map(); // story id -> { plan, draw }, put there by map.js
const readers = new WeakMap(); // root element -> reader
const failed = new Set(); // parts of the map whose fault the console has

const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");

function one(root, selector) {
  return root.querySelector(selector);
}

function all(root, selector) {
  return Array.from(root.querySelectorAll(selector));
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function makeSvg(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// Does something for one part of the map, a layer mostly. Where it throws the others live on; the console says it once.
function attempt(part, act) {
  try {
    act();
  } catch (error) {
    fail(part, error);
  }
}

function fail(part, error) {
  if (failed.has(part)) return;
  failed.add(part);
  console.error(`The map goes on without "${part}":`, error);
}

// How large marks are on this screen, as a share of their size on a desk's.
function markScale(element) {
  const root = element.closest("[data-story]");
  return Number(root && getComputedStyle(root).getPropertyValue("--mark-scale")) || 1;
}

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

// Registers a story: `plan` is what each chapter asks for, `draw(element, base)` is folium's own script.
function tell(plan, draw) {
  Object.assign(shapes, plan.shapes);
  stories.set(plan.id, { plan, draw });
  mountAll();
}
