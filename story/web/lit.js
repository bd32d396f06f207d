// Lights the places of facts on the map while the panel is open, and gives the map back as the chapter has it.

const LAND = L.latLngBounds([2, 12], [60, 105]); // as far as there is a picture of the land
const CLOSEST = 0.45; // of the chapter's own extent: the camera goes no nearer
const AROUND = 0.16; // air around the places, as a share of their extent
const FAN_PX = 11; // how far marks on one place are set apart
const M_A_DEGREE = 111320;

class Lit {
  constructor(shown, states) {
    this.shown = shown;
    this.states = states;
    this.map = shown.map;
    this.map.createPane("lit");
    this.facts = [];
    this.added = null;
    shown.aim = (state) => this.aim(state);
  }

  // facts: { id, title, spots: [[lat, lon, ring in metres, signs of certainty]] }; shown in the chapter `slug` from now on.
  show(facts, slug) {
    this.facts = facts;
    this.mark(this.states.get(slug));
    this.shown.again();
    this.reach();
  }

  // The map as the chapter has it. With `quietly` another state is about to be shown anyway.
  clear(quietly = false) {
    if (!this.facts.length && !this.added) return;
    this.facts = [];
    this.mark(null);
    if (!quietly) this.shown.again();
  }

  // The chapter's own marks of the facts stand out; facts without one get a mark for as long as the panel is open.
  mark(state) {
    const lit = new Set(this.facts.map((fact) => fact.id));
    const own = new Set();
    this.map.eachLayer((layer) => {
      if (!layer.rows || state?.layers[layer.pane.replace("layer-", "")] !== "full") return;
      for (const row of layer.rows) if (lit.has(row.fact)) own.add(row.fact);
    });
    this.added?.remove();
    const rows = this.facts.filter((fact) => !own.has(fact.id)).flatMap(rowsOf);
    this.added = rows.length ? marks(fanned(rows), "lit").addTo(this.map) : null;
    this.map.getContainer().classList.toggle("lighting", lit.size > 0);
    for (const mark of all(this.map.getContainer(), ".mark")) mark.classList.toggle("lit", lit.has(mark.dataset.fact));
  }

  // The one fact that the reader points to in the panel.
  point(fact) {
    for (const mark of all(this.map.getContainer(), ".mark.lit")) mark.classList.toggle("pointed", mark.dataset.fact === fact);
  }

  spots() {
    return this.facts.flatMap((fact) => fact.spots).filter(([lat, lon]) => LAND.contains([lat, lon]));
  }

  // What the camera holds: the chapter's extent where every place lies in it, else the places.
  aim(state) {
    const [west, south, east, north] = state.bounds_wsen;
    const own = L.latLngBounds([south, west], [north, east]);
    const spots = this.spots();
    if (spots.every(([lat, lon]) => own.contains([lat, lon]))) return state.bounds_wsen;
    const box = L.latLngBounds([]);
    for (const [lat, lon, ring] of spots) {
      const reach = ring / M_A_DEGREE;
      box.extend([lat - reach, lon - reach]).extend([lat + reach, lon + reach]);
    }
    const wide = grown(box.getWest(), box.getEast(), (east - west) * CLOSEST);
    const high = grown(box.getSouth(), box.getNorth(), (north - south) * CLOSEST);
    return [wide[0], high[0], wide[1], high[1]];
  }

  // The reader holds the map: it is not taken away, only moved so far that a single place comes into view.
  reach() {
    const [only, other] = this.spots();
    if (!this.shown.exploring || !only || other) return;
    const at = only.slice(0, 2);
    const { pad } = this.shown.camera.padding(L.latLngBounds([at, at]));
    const options = { paddingTopLeft: [pad.left, pad.top], paddingBottomRight: [pad.right, pad.bottom], animate: !stillness.matches };
    this.map.panInside(at, options);
  }
}

function rowsOf({ id, title, spots }) {
  return spots.map(([lat, lon, ring_m, sure], index) => ({
    id: `lit.${id}.${index}`, title, at: [lat, lon], shape: "dot", px: 15, ink: "lit", sure, ring_m, shift: [0, 0], fact: id,
  }));
}

// Marks on one place, set around it so that none hides another.
function fanned(rows) {
  const places = new Map();
  for (const row of rows) places.set(row.at.join(), [...(places.get(row.at.join()) || []), row]);
  for (const group of places.values()) {
    if (group.length < 2) continue;
    group.forEach((row, index) => {
      const turn = (2 * Math.PI * index) / group.length;
      row.shift = [Math.round(FAN_PX * Math.sin(turn)), Math.round(-FAN_PX * Math.cos(turn))];
    });
  }
  return rows;
}

function grown(low, high, least) {
  const more = Math.max((high - low) * AROUND, (least - (high - low)) / 2);
  return [low - more, high + more];
}
