// The marks and the relief: what the folium elements of story/elements.py call.

// Draws one pane, and sleeps while its layer is off: what nobody sees is not projected at every move of the map.
const Drowsy = L.SVG.extend({
  options: { padding: 0.4 },
  asleep: false,
  rouse(awake) {
    if (this.asleep === !awake) return;
    this.asleep = !awake;
    if (!awake || !this.late) return;
    this.late = false;
    this._reset();
  },
});
// Hatched areas: a pattern belongs to the picture that it is used in, and its colour to the page's theme.
Drowsy.prototype._initPath = function (layer) {
  L.SVG.prototype._initPath.call(this, layer);
  const [, ink] = /ink-(\S+)/.exec(layer.options.className || "") || [];
  if (!ink || !layer.options.className.includes("fill-hatch")) return;
  const id = `hatch-${this.options.pane}-${ink}`;
  if (!this._hatches) this._container.prepend((this._hatches = makeSvg("defs", {})));
  if (!one(this._hatches, `[id="${id}"]`)) {
    const pattern = makeSvg("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(makeSvg("path", { d: "M0 0V7", class: `hatch ink-${ink}` }));
    this._hatches.append(pattern);
  }
  layer._path.style.fill = `url("#${id}")`;
};
for (const act of ["_reset", "_update", "_onZoomEnd"]) {
  Drowsy.prototype[act] = function (...given) {
    if (this.asleep) this.late = true;
    else attempt(this.options.pane, () => L.SVG.prototype[act].apply(this, given));
  };
}
L.Map.include({ _createRenderer: (options) => new Drowsy(options) });

// A picture of the land. Only what the first view needs is fetched at once; the rest waits until `wake`.
function relief(dataset, bounds, pane, base) {
  const blank = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
  const picture = L.imageOverlay(blank, bounds, { pane, className: `relief ${dataset}`, alt: "" });
  picture.dataset = dataset;
  picture.wake = (files) => {
    const url = base + files[dataset];
    if (picture._url !== url) picture.setUrl(url);
  };
  picture.on("error", () => picture.setUrl(blank)); // lost on its way: the next chapter asks again
  return picture;
}

// Marks of one layer, each an SVG shape that can be pressed, with a ring where the place is not known exactly.
function marks(rows, pane) {
  const group = L.layerGroup();
  group.rows = rows;
  group.pane = pane;
  for (const row of rows) {
    if (row.ring_m) group.addLayer(ring(row, pane));
    group.addLayer(mark(row, pane));
  }
  return group;
}

// Areas that lead to their records: a press on one opens it. Keyboards find the same records in the list of the map.
function areas(collection, style, pane) {
  const onEachFeature = ({ properties }, layer) => {
    if (!properties.fact) return;
    layer.on("add", () => {
      const path = layer.getElement();
      path.dataset.fact = properties.fact;
      path.classList.add("leads");
      path.setAttribute("tabindex", "-1"); // where the focus goes back to from its record
    });
  };
  return L.geoJSON(collection, { pane, interactive: false, smoothFactor: 0.6, style: () => style, onEachFeature });
}

function ring(row, pane) {
  const className = `ink-${row.ink} ring ring-${row.sure[0]}`;
  return L.circle(row.at, { radius: row.ring_m, pane, className, interactive: false, weight: 1 });
}

function mark(row, pane) {
  const box = Math.max(24, row.px);
  const icon = L.divIcon({
    className: ["mark", `ink-${row.ink}`, ...row.sure.map((sign) => `sure-${sign}`)].join(" "),
    iconSize: [box, box],
    iconAnchor: [box / 2 - row.shift[0], box / 2 - row.shift[1]],
    html: shape(row),
  });
  const marker = L.marker(row.at, { icon, pane, keyboard: true, riseOnHover: true });
  marker.on("add", () => {
    const element = marker.getElement();
    element.dataset.mark = row.id;
    if (row.fact) element.dataset.fact = row.fact;
    if (row.goto) element.dataset.goto = row.goto;
    element.setAttribute("aria-label", row.title);
    element.title = row.title;
  });
  return marker;
}

// A mark says how sure it is: a ring around it, hollow or solid, cut in two, a broken outline (story/certainty.py).
function shape(row) {
  const size = { width: row.px, height: row.px, viewBox: "-12 -12 24 24", "aria-hidden": "true", focusable: "false" };
  const svg = makeSvg("svg", size);
  if (row.shape === "circle") {
    svg.append(makeSvg("circle", { r: 11, class: "disc" }));
    return svg;
  }
  if (row.sure.includes("town")) svg.append(makeSvg("circle", { r: 10 + 72 / row.px, class: "around" }));
  svg.append(makeSvg("path", { d: shapes[row.shape], class: "shape" }));
  if (row.sure.includes("contested")) svg.append(makeSvg("path", { d: shapes.cut, class: "cut" }));
  return svg;
}
