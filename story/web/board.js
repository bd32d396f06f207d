// What the free map shows: it keeps what stands and changes only what differs from what was asked for before.

const NEAR_DEG = 0.002; // a name's place and its mark's are rounded, each in its way
const FAN_PX = 11; // as in story/scene.py
const FULL_RING = 7; // marks that stand in a ring around their place; more stand in a spiral
const GOLDEN_RAD = Math.PI * (3 - Math.sqrt(5));

class Board {
  constructor(map, drawn, plan, atlas) {
    this.map = map;
    this.plan = plan;
    this.atlas = atlas;
    this.names = new Names(map, drawn.names);
    this.allNames = drawn.names;
    this.names.reaches = [2, 9, 16]; // many marks at once leave less room
    this.views = new Map(plan.viewpoints.map((view) => [view.id, view]));
    this.marks = L.featureGroup().addTo(map); // what is pressed here is told to the page (atlas.js)
    this.made = new Map(); // mark, shift -> its layers
    this.standing = new Map();
    this.rows = new Map(); // layer -> rows of marks
    this.stands = new Map(); // layer -> a group that says to the names where marks stand
    this.capitals = Object.values(drawn.names).flat().filter(([, , , kind]) => kind === "capital").map(([text]) => text);
    this.wish = null;
    const groups = [];
    map.eachLayer((layer) => layer.rows && groups.push(layer));
    for (const group of groups) {
      this.rows.set(group.pane.replace("layer-", ""), group.rows);
      group.remove();
    }
    this.addOther(atlas.other);
    for (const id of plan.layers) this.pane(id).classList.add("layer", "strength-off");
    map.eachLayer((layer) => layer.wake && layer.wake(plan.files));
    this.hatches = this.findHatches();
    this.leads = this.shapes().filter((shape) => shape.feature.properties.fact);
    this.leads.forEach(lead);
    this.spot = L.layerGroup().addTo(map);
    map.createPane("spot").style.zIndex = 610; // above every layer, below the names
  }

  // The records that no layer of the story draws are under all other marks.
  addOther({ id, rows, areas, style }) {
    const pane = this.map.createPane(`layer-${id}`);
    pane.style.zIndex = 399 + this.plan.layers.indexOf(this.atlas.filtered[1]);
    this.rows.set(id, rows);
    this.plan.layers.push(id);
    L.geoJSON(areas, { pane: `layer-${id}`, interactive: false, smoothFactor: 0.6, style: () => style }).addTo(this.map);
  }

  // Every area and line that is drawn, each with its feature.
  shapes() {
    const found = [];
    this.map.eachLayer((layer) => layer.feature && layer instanceof L.Path && found.push(layer));
    return found;
  }

  // The hatched provinces, each with the records whose place is known to it and no better.
  findHatches() {
    return this.shapes()
      .filter((shape) => shape.options.className?.includes("fill-hatch"))
      .map((shape) => ({ shape, facts: (this.atlas.hatches[shape.options.pane.replace("layer-", "")] || [])[shape.feature.id] || [] }));
  }

  pane(id) {
    return this.map.getPane(`layer-${id}`);
  }

  // wish: layers {id: opacity}, records (numbers of those that pass the filters), chosen (a number), spot.
  show(wish) {
    const before = this.wish;
    this.wish = wish;
    this.view(wish.borders || this.plan.viewpoints[0]?.id);
    const strengths = {};
    for (const id of this.plan.layers) {
      const opacity = wish.layers[id] || 0;
      const pane = this.pane(id);
      strengths[id] = opacity ? "full" : "off";
      pane.classList.toggle("strength-full", opacity > 0);
      pane.classList.toggle("strength-off", !opacity);
      pane.style.opacity = opacity ? opacity / 100 : "";
      pane.inert = !opacity;
      this.map._paneRenderers[`layer-${id}`]?.rouse(opacity > 0);
    }
    const records = new Set(wish.records.map((number) => this.atlas.records[number]));
    this.stand(strengths, records);
    for (const hatch of this.hatches) {
      hatch.shown = hatch.facts.filter((fact) => records.has(fact));
      hatch.shape.getElement().style.display = hatch.shown.length ? "" : "none";
    }
    this.light(this.atlas.records[wish.chosen]);
    if (!before || JSON.stringify(before.spot) !== JSON.stringify(wish.spot)) this.mark(wish.spot);
    this.names.show({ callouts: [], places: this.capitals, together: false }, strengths);
    this.names.place();
    this.tell();
  }

  // Puts up the marks that are asked for and takes down the others; one that stays is not touched.
  stand(strengths, records) {
    const asked = new Map();
    for (const [id, rows] of this.rows) {
      if (strengths[id] !== "full") continue;
      const filtered = this.atlas.filtered.includes(id);
      for (const row of rows) if (!filtered || records.has(row.fact)) asked.set(row.id, { row, pane: `layer-${id}` });
    }
    this.nameMarks(asked);
    this.fan(asked);
    for (const [key, layers] of this.standing) {
      if (asked.has(key) && asked.get(key).layers === layers) continue;
      for (const layer of layers) this.marks.removeLayer(layer);
      this.standing.delete(key);
    }
    this.tellNames(asked);
    for (const [key, { layers }] of asked) {
      if (this.standing.has(key)) continue;
      for (const layer of layers) this.marks.addLayer(layer);
      this.standing.set(key, layers);
    }
  }

  // Names keep clear of marks, and find them as the rows of a layer on the map.
  tellNames(asked) {
    for (const id of this.rows.keys()) {
      if (!this.stands.has(id)) this.stands.set(id, Object.assign(L.layerGroup(), { pane: `layer-${id}` }).addTo(this.map));
      this.stands.get(id).rows = [];
    }
    for (const { row, pane, shift } of asked.values()) this.stands.get(pane.replace("layer-", "")).rows.push({ ...row, shift });
  }

  // Of the names of marks those that have their mark.
  nameMarks(asked) {
    const marked = Array.from(asked.values());
    const near = (at, lat, lon) => Math.abs(at[0] - lat) < NEAR_DEG && Math.abs(at[1] - lon) < NEAR_DEG;
    const named = ([, lat, lon, kind], id) => kind !== "mark" || marked.some(({ row, pane }) => pane === `layer-${id}` && near(row.at, lat, lon));
    this.names.rows = Object.fromEntries(
      Object.entries(this.allNames).map(([id, rows]) => [id, this.atlas.filtered.includes(id) ? rows.filter((row) => named(row, id)) : rows]),
    );
  }

  // The viewpoint on borders: the style sheet draws its lines, here its names are put in.
  view(id) {
    if (!this.views.has(id) || document.body.dataset.borders === id) return;
    document.body.dataset.borders = id;
    this.names.rename(this.views.get(id).names);
  }

  // Marks on one place stand around it, so that each can be seen and pressed.
  fan(asked) {
    const places = new Map();
    for (const one of asked.values()) {
      const key = one.row.at.map((degrees) => degrees.toFixed(2)).join();
      if (!places.has(key)) places.set(key, []);
      places.get(key).push(one);
    }
    for (const group of places.values()) {
      group.sort((one, other) => other.row.px - one.row.px);
      group.forEach((one, index) => {
        one.shift = around(index, group);
        one.layers = this.layersOf(one, one.shift);
      });
    }
  }

  layersOf({ row, pane }, shift) {
    const key = `${row.id}|${shift}`;
    if (!this.made.has(key)) {
      const layers = [];
      marks([{ ...row, shift }], pane).eachLayer((layer) => {
        layer.feature = { type: "Feature", properties: { fact: row.fact, goto: row.goto } };
        if (layer instanceof L.Marker) this.wake(layer, row);
        layers.push(layer);
      });
      this.made.set(key, layers);
    }
    return this.made.get(key);
  }

  // A mark is a button: the keyboard presses it too.
  wake(marker, row) {
    marker.on("add", () => {
      const element = marker.getElement();
      element.setAttribute("role", "button");
      element.onkeydown = (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        marker.fire("click", { latlng: marker.getLatLng() }, true);
      };
      element.classList.toggle("lit", Boolean(row.fact) && row.fact === this.lit);
    });
  }

  light(fact) {
    this.lit = fact;
    for (const element of all(document, ".mark[data-fact]")) element.classList.toggle("lit", element.dataset.fact === fact);
  }

  // The place that was pressed, and the circle around it in which attacks are looked for.
  mark(spot) {
    this.spot.clearLayers();
    if (!spot) return;
    const look = { interactive: false, className: "spot-ring", pane: "spot" };
    if (spot.ring) this.spot.addLayer(L.polygon(spot.ring, look));
    const icon = L.divIcon({ className: "spot", iconSize: [22, 22], html: makeSvg("svg", { viewBox: "-11 -11 22 22" }) });
    icon.options.html.append(makeSvg("path", { d: "M0-10V-3M0 3V10M-10 0H-3M3 0H10" }));
    this.spot.addLayer(L.marker(spot.at, { icon, interactive: false, keyboard: false }));
  }

  // What is shown, read back from the map, for tests and the curious.
  tell() {
    const shown = this.plan.layers.filter((id) => this.pane(id).classList.contains("strength-full"));
    const facts = all(document, ".mark[data-fact]").map((element) => element.dataset.fact);
    const [lat, lng] = [this.map.getCenter().lat, this.map.getCenter().lng].map((degrees) => Number(degrees.toFixed(3)));
    const seen = ({ shape }) => shape.getElement().checkVisibility({ visibilityProperty: true });
    const hatched = this.hatches.filter(seen).flatMap((hatch) => hatch.shown);
    this.map.getContainer().dataset.state = JSON.stringify({
      layers: shown,
      records: [...new Set(facts)].sort(),
      hatched: [...new Set(hatched)].sort(),
      borders: document.body.dataset.borders || "",
      at: [lat, lng, this.map.getZoom()],
    });
  }
}

// An area that leads to its record: a press on it is told like one on a mark.
function lead(shape) {
  shape.options.bubblingMouseEvents = false;
  shape.addInteractiveTarget(shape.getElement());
}

// How far the mark at `index` of a group stands from its place, in pixels.
function around(index, group) {
  if (group.length === 1) return [0, 0];
  const ring = group.length <= FULL_RING;
  const turn = ring ? (2 * Math.PI * index) / group.length - Math.PI / 2 : index * GOLDEN_RAD;
  const far = ring ? Math.max(FAN_PX, group[0].row.px * 0.45) : 9 * Math.sqrt(index + 0.4);
  return [Math.cos(turn) * far, Math.sin(turn) * far].map((px) => Math.round(px * 10) / 10);
}
