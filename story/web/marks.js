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
for (const act of ["_reset", "_update", "_onZoomEnd"]) {
  Drowsy.prototype[act] = function (...given) {
    if (this.asleep) this.late = true;
    else L.SVG.prototype[act].apply(this, given);
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

function ring(row, pane) {
  const className = `ink-${row.ink} ring ring-${row.precision}`;
  return L.circle(row.at, { radius: row.ring_m, pane, className, interactive: false, weight: 1 });
}

function mark(row, pane) {
  const box = Math.max(24, row.px);
  const icon = L.divIcon({
    className: `mark ink-${row.ink} precision-${row.precision}`,
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

function shape(row) {
  const size = { width: row.px, height: row.px, viewBox: "-12 -12 24 24", "aria-hidden": "true", focusable: "false" };
  const svg = makeSvg("svg", size);
  if (row.shape === "circle") {
    svg.append(makeSvg("circle", { r: 11, class: "disc" }));
  } else {
    const turn = row.turn ? { transform: `rotate(${row.turn})` } : {};
    svg.append(makeSvg("path", { d: shapes[row.shape], ...turn }));
  }
  return svg;
}
