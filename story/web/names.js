// Writes names and callouts on the map where there is room, the most important first, never one over another.

const RANK_BY_ZOOM = [[5.2, 1], [6.4, 2], [7.4, 3], [8.4, 4], [99, 5]]; // below which zoom, down to which rank
const DOTTED = new Set(["place", "capital"]);
const SIDES = ["right", "left", "above", "below"];
const CORNERS = ["right", "left", "above", "below", "above-right", "below-right", "above-left", "below-left"];
const PX2_A_CALLOUT = 55000; // of map for each callout
const PIN_PX = 5; // around a place that words speak of
const REACHES_PX = [12, 46, 90, 150]; // how far a callout may stand from what it speaks of

class Names {
  constructor(map, rows) {
    this.map = map;
    this.pane = map.createPane("names");
    this.pane.setAttribute("aria-hidden", "true");
    this.written = new Map(); // what a name says, where -> its element
    this.wanted = [];
    this.shown = {};
    this.rows = rows;
    this.reaches = [2]; // how far a name may stand from its place
    this.instead = {}; // a name -> what the viewpoint on borders writes for it
    map.on("zoomstart", () => this.pane.classList.add("waiting"));
    map.on("moveend", () => this.place());
  }

  rename(instead) {
    this.instead = instead;
  }

  // state: one chapter's; strengths: layer id -> strength. Callouts come before any name.
  show(state, strengths) {
    this.together = state.together;
    const room = state.together && state.callouts.length > this.callouts() ? 0 : this.callouts();
    const called = state.callouts.slice(0, room).map((callout) => ({ ...callout, kind: "callout", rank: -1, gap: 12 }));
    const named = new Set(state.places);
    const names = [];
    for (const [layer, rows] of Object.entries(this.rows)) {
      if (strengths[layer] !== "full") continue;
      for (const [text, lat, lon, kind, rank, gap] of rows) {
        const chosen = named.has(text) && (kind === "place" || kind === "capital");
        names.push({ text: this.instead[text] || text, at: [lat, lon], kind, rank: chosen ? 5 : rank, gap, always: chosen || kind === "mark" || kind === "line" });
      }
    }
    this.wanted = called.concat(names).sort((one, other) => one.rank - other.rank);
    this.shown = strengths;
    this.pane.classList.add("waiting");
  }

  // How many callouts the map has room for: the writer puts those first that matter most. Two sides need two.
  callouts() {
    const size = this.map.getSize();
    return Math.max(2, Math.floor((size.x * size.y) / PX2_A_CALLOUT));
  }

  place() {
    this.pane.classList.remove("waiting");
    const size = this.map.getSize();
    const zoom = this.map.getZoom();
    const limit = RANK_BY_ZOOM.find(([top]) => zoom < top)[1];
    const inView = this.wanted.filter((name) => {
      const dot = this.map.latLngToContainerPoint(name.at);
      const ranked = name.kind !== "place" && name.kind !== "capital";
      return (ranked || name.always || name.rank - 40 <= limit) && dot.x > 0 && dot.y > 0 && dot.x < size.x && dot.y < size.y;
    });
    for (const name of inView) this.element(name);
    const sizes = inView.map((name) => this.size(name));
    const taken = this.obstacles();
    const pinned = inView.filter((name) => name.kind === "callout" || (name.always && DOTTED.has(name.kind)));
    const pins = pinned.map((name) => ({ at: `${name.at}`, box: this.pin(name) }));
    const called = []; // boxes of callouts with the lines that lead to them
    const kept = new Set();
    inView.forEach((name, index) => {
      const others = pins.filter((pin) => pin.at !== `${name.at}`).map((pin) => pin.box);
      const spot = this.spot(name, sizes[index], taken.concat(others), size, called);
      if (!spot) return;
      taken.push(spot.box);
      if (name.kind === "callout") called.push(spot);
      const element = this.element(name);
      const corner = this.map.containerPointToLayerPoint([spot.box[0], spot.box[1]]);
      element.style.transform = `translate(${Math.round(corner.x)}px, ${Math.round(corner.y)}px)`;
      element.dataset.side = spot.side;
      kept.add(element);
      if (DOTTED.has(name.kind) && !this.marked.some((box) => overlap(box, this.pin(name)))) kept.add(this.dot(name));
      if (name.kind === "callout") kept.add(this.lead(name, spot));
    });
    if (this.together && this.wanted.some((name) => name.kind === "callout" && !kept.has(this.element(name)))) {
      for (const name of this.wanted) if (name.kind === "callout") this.drop(name, kept);
    }
    for (const element of this.written.values()) element.classList.toggle("written", kept.has(element));
  }

  // How large a name is: asked of the page once for each, and again where the page's letters change.
  size(name) {
    const element = this.element(name);
    if (!element.size || element.size[2] !== this.map.getSize().x) {
      element.size = [element.offsetWidth, element.offsetHeight, this.map.getSize().x];
    }
    return element.size;
  }

  // Boxes, in pixels from the map's corner, that no name may cover: what lies over the map, and the marks in view.
  obstacles() {
    const home = this.map.getContainer().getBoundingClientRect();
    const root = this.map.getContainer().closest("[data-story]");
    const over = all(root, "[data-obstacle], [data-over]").map((element) => {
      const box = element.getBoundingClientRect();
      return [box.left - home.left - 4, box.top - home.top - 4, box.right - home.left + 4, box.bottom - home.top + 4];
    });
    const scale = markScale(root);
    this.marked = [];
    this.map.eachLayer((layer) => {
      if (!layer.rows || this.shown[layer.pane.replace("layer-", "")] !== "full") return;
      for (const row of layer.rows) {
        const at = this.map.latLngToContainerPoint(row.at).add(row.shift);
        const reach = row.px * scale * 0.33;
        const box = [at.x - reach, at.y - reach, at.x + reach, at.y + reach];
        over.push(box);
        if (row.shape !== "circle") this.marked.push(box);
      }
    });
    return over;
  }

  // The place that a name or a callout speaks of: other words leave it free.
  pin(name) {
    const dot = this.map.latLngToContainerPoint(name.at);
    return [dot.x - PIN_PX, dot.y - PIN_PX, dot.x + PIN_PX, dot.y + PIN_PX];
  }

  spot(name, [width, height], taken, size, others) {
    const dot = this.map.latLngToContainerPoint(name.at);
    const centred = name.kind === "country" || name.kind === "area";
    const called = name.kind === "callout";
    for (const gap of called ? REACHES_PX : this.reaches.map((reach) => name.gap + reach)) {
      for (const side of centred ? ["middle"] : called ? CORNERS : SIDES) {
        const [x, y] = corner(side, dot, width, height, gap);
        const box = [x, y, x + width, y + height];
        const inside = box[0] >= 2 && box[1] >= 2 && box[2] <= size.x - 2 && box[3] <= size.y - 2;
        if (!inside || taken.some((other) => overlap(box, other))) continue;
        const free = others.every((other) => !crosses(other.dot, other.box, box) && !(called && crosses(dot, box, other.box)));
        if (free) return { box, side, dot };
      }
    }
    return null;
  }

  // The line from what a callout speaks of to the nearest point of its box.
  lead(name, { box, dot }) {
    const line = this.keep(`lead|${name.text}`, () => make("span", "lead"));
    const end = nearest(dot, box);
    const start = this.map.containerPointToLayerPoint(dot);
    const way = end.subtract(dot);
    line.style.width = `${Math.round(way.distanceTo([0, 0]))}px`;
    line.style.transform = `translate(${Math.round(start.x)}px, ${Math.round(start.y)}px) rotate(${Math.atan2(way.y, way.x)}rad)`;
    return line;
  }

  drop(name, kept) {
    kept.delete(this.element(name));
    kept.delete(this.written.get(`lead|${name.text}`));
  }

  dot(name) {
    const dot = this.keep(`dot|${name.at}`, () => make("span", name.kind === "capital" ? "name-dot square" : "name-dot"));
    const at = this.map.latLngToLayerPoint(name.at);
    dot.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`;
    return dot;
  }

  element(name) {
    return this.keep(`${name.kind}|${name.text}|${name.at}`, () => make("span", `name name-${name.kind}`, name.text));
  }

  keep(key, build) {
    if (!this.written.has(key)) {
      this.written.set(key, build());
      this.pane.append(this.written.get(key));
    }
    return this.written.get(key);
  }
}

function corner(side, dot, width, height, gap) {
  const [up, out] = [side.startsWith("above"), side.startsWith("below")];
  const left = side.endsWith("right") ? dot.x + gap : side.endsWith("left") ? dot.x - gap - width : dot.x - width / 2;
  const slant = side.includes("-") ? 0.6 : 1;
  const top = up ? dot.y - gap * slant - height : out ? dot.y + gap * slant : dot.y - height / 2;
  return [left, top];
}

function nearest(dot, box) {
  return L.point(clamp(dot.x, box[0], box[2]), clamp(dot.y, box[1], box[3]));
}

// Whether the line from a dot to its own box runs through another box.
function crosses(dot, own, box) {
  const end = nearest(dot, own);
  const steps = Math.ceil(end.distanceTo(dot) / 6);
  for (let step = 0; step <= steps; step += 1) {
    const at = dot.add(end.subtract(dot).multiplyBy(steps ? step / steps : 0));
    if (at.x > box[0] && at.x < box[2] && at.y > box[1] && at.y < box[3]) return true;
  }
  return false;
}

function overlap(one, other) {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}
