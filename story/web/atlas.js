// The free map of the Explore page: the reader's own map in a frame, every layer and record on its own switch.
// streamlit-folium evaluates what story/atlas_map.py writes: `TheLineBetween.atlas(…)` once, `TheLineBetween.board(…)`
// whenever something else shall be shown (board.js).

const FILES = "../../embed/"; // from the frame's own address, below any prefix
let board = null;

function mountAll() {} // there is no reader here

function lookOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// What lies over the map besides the zoom: the scale, and whose data it is.
function frameMap(map, [short, whole]) {
  const scale = make("p", "scale");
  scale.setAttribute("aria-hidden", "true");
  const credits = make("details", "credits");
  credits.append(make("summary", "", short), make("p", "", whole));
  for (const element of [scale, credits, one(document, ".leaflet-control-zoom")]) element.dataset.over = ""; // names keep clear
  document.body.append(scale, credits);
  map.on("move zoom resize", () => drawScale(map, scale));
  drawScale(map, scale);
}

// Light or dark as the page around the frame, which tells the colours of its theme.
function follow() {
  const dress = (base) => (document.body.dataset.theme = base === "dark" ? "dark" : "light");
  const [red, green, blue] = (getComputedStyle(document.body).backgroundColor.match(/\d+/g) || [255, 255, 255]).map(Number);
  dress(red + green + blue < 380 ? "dark" : "light");
  window.addEventListener("message", ({ data }) => data?.type === "streamlit:render" && data.theme && dress(data.theme.base));
}

// Mounts the map into the element `id` and gives it; `atlas` is what story/atlas_map.py knows of the records.
function mountAtlas(id, atlas) {
  follow();
  const element = document.getElementById(id);
  element.classList.add("map");
  document.body.classList.add("story", "atlas");
  document.body.dataset.story = atlas.story;
  if (window.frameElement) window.frameElement.title = atlas.title;
  const { plan, draw } = stories.get(atlas.story);
  const drawn = draw(element, FILES);
  const { map } = drawn;
  map.invalidateSize({ animate: false });
  const [west, south, east, north] = atlas.bounds_wsen;
  const frame = () => map.fitBounds([[south, west], [north, east]], { animate: false });
  frame();
  map.options.scrollWheelZoom = map.options.trackResize = true;
  map.scrollWheelZoom.enable();
  map.on("moveend", () => board.tell());
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(element); // it keeps its middle
  L.control.zoom({ position: "topright", zoomInTitle: atlas.words.zoom_in, zoomOutTitle: atlas.words.zoom_out }).addTo(map);
  if (stillness.matches) Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });
  fly(map);
  frameMap(map, atlas.credit);
  board = new Board(map, drawn, plan, atlas);
  tellPresses(map, board);
  const [centre, zoom] = [map.getCenter(), map.getZoom()];
  dressed().then(() => {
    const untouched = map.getZoom() === zoom && map.getCenter().equals(centre);
    map.invalidateSize({ animate: false });
    if (untouched) frame();
    for (const element of board.names.written.values()) element.size = null;
    board.names.place();
  });
  return map;
}

// Tells the page of every press at once: on a mark or an area of a record, or on any other place.
function tellPresses(map, { marks: pressed, leads }) {
  let told = null;
  const say = (press) => window.parent.postMessage({ type: "atlas:press", press }, location.origin);
  const record = ({ layer, target, originalEvent }) => {
    told = originalEvent;
    say({ fact: (layer || target).feature.properties.fact });
  };
  pressed.on("click", record);
  for (const shape of leads) shape.on("click", record);
  map.on("click", ({ latlng, originalEvent }) => (originalEvent && originalEvent === told) || say({ spot: [latlng.lat, latlng.lng] }));
}

// Once the style sheets have come: streamlit-folium does not wait for them.
function dressed() {
  const sheets = all(document, "link[rel=stylesheet]").filter((link) => !link.sheet);
  return Promise.all(sheets.map((link) => new Promise((come) => (link.onload = link.onerror = come))));
}

// Wherever the page sends the map it flies, unless the reader wants no motion.
function fly(map) {
  const set = map.setView;
  map.setView = function (centre, zoom, options) {
    const still = stillness.matches || !this._loaded || !this.flown || options;
    this.flown = true;
    return still ? set.call(this, centre, zoom, options || { animate: false }) : this.flyTo(centre, zoom, { duration: 0.9 });
  };
}

// What the page wants shown; gives a layer that draws nothing, for the feature group that brought the wish.
function showOnBoard(wish) {
  board.show(wish);
  return L.layerGroup();
}

window.TheLineBetween = { tell, relief, marks, flows, areas, fail, atlas: mountAtlas, board: showOnBoard };
