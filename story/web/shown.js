// What the map shows: one chapter's state, applied as a difference against what stands there, and read back from it.

class Shown {
  constructor(map, drawn, plan, root, base) {
    this.map = map;
    this.plan = plan;
    this.root = root;
    this.base = base;
    this.element = map.getContainer();
    this.camera = new Camera(map, root);
    this.names = new Names(map, drawn.names);
    this.legend = one(root, "[data-legend]");
    this.period = one(root, "[data-period]");
    this.scale = one(root, "[data-scale]");
    this.views = new Map(plan.viewpoints.map((view) => [view.id, view]));
    map.on("move zoom", () => this.measure());
    this.legend.addEventListener("toggle", () => this.element.dataset.settled === "true" && this.names.place());
    this.state = null;
    this.exploring = false;
    this.turn = 0;
    for (const id of plan.layers) {
      this.pane(id).classList.add("layer", "strength-off");
      map._paneRenderers[`layer-${id}`]?.rouse(false);
    }
  }

  pane(id) {
    return this.map.getPane(`layer-${id}`);
  }

  // The viewpoint on borders: the page's CSS draws its lines, here its names are put in. One that is unknown changes nothing.
  view(id) {
    if (!this.views.has(id)) return;
    this.root.dataset.borders = id;
    this.names.rename(this.views.get(id).names);
    if (this.state) this.show(this.state, { still: true });
  }

  measure() {
    drawScale(this.map, this.scale);
  }

  // Shows a state. A later call makes every earlier one void, wherever it got to.
  show(state, { still = false } = {}) {
    const turn = ++this.turn;
    this.state = state;
    this.element.dataset.settled = "false";
    for (const id of this.plan.layers) attempt(`layer-${id}`, () => this.strengthen(id, state.layers[id]));
    this.wakeRelief(state.bounds_wsen);
    this.span(state); // before the legend, whose shape depends on all that lies over the map
    this.key(state);
    attempt("names", () => this.names.show(state, state.layers));
    if (this.exploring) return this.settle(turn, state);
    return this.camera.go(this.aim(state), { still, done: () => this.settle(turn, state) });
  }

  // What the camera holds in a state: its own extent, unless somebody who lights places says otherwise (lit.js).
  aim(state) {
    return state.bounds_wsen;
  }

  // The same state once more: what lies over the map, or what it is aimed at, has changed.
  again() {
    if (this.state) this.show(this.state);
  }

  strengthen(id, strength) {
    const pane = this.pane(id);
    if (pane.classList.contains(`strength-${strength}`)) return;
    this.map._paneRenderers[`layer-${id}`]?.rouse(strength !== "off");
    pane.classList.remove("strength-full", "strength-context", "strength-off");
    pane.classList.add(`strength-${strength}`);
    pane.inert = strength !== "full";
  }

  wakeRelief([west, south, east, north], whole = false) {
    this.map.eachLayer((layer) => {
      if (!layer.wake) return;
      const [core] = this.plan.relief.slice(-1);
      const beyond = west < core.bounds[0] || south < core.bounds[1] || east > core.bounds[2] || north > core.bounds[3];
      if (whole || beyond || layer.dataset === core.id) layer.wake(this.plan.files);
    });
  }

  // The legend is the chapter's own, as the page brought it; here it is only put beside the map.
  key(state) {
    const own = one(this.root, `#${state.slug} [data-chapter-legend]`);
    const list = one(this.legend, "[data-legend-list]");
    list.replaceChildren(...(own ? Array.from(own.cloneNode(true).children) : []));
    this.legend.hidden = !list.children.length;
    this.shape(state.bounds_wsen);
  }

  // A legend is a strip below or a column beside the subject: whichever leaves the closer view of it.
  shape(bounds) {
    const zooms = ["column", "strip"].map((shape) => {
      this.legend.dataset.shape = shape;
      return this.camera.stand(bounds).zoom;
    });
    this.legend.dataset.shape = zooms[0] > zooms[1] ? "column" : "strip";
  }

  span(state) {
    this.period.hidden = !state.period;
    if (state.period) this.period.textContent = state.period[0] === state.period[1] ? state.period[0] : state.period.join("–");
  }

  // Once nothing moves or fades any more, says what is shown, unless another state has come since.
  async settle(turn, state) {
    attempt("names", () => this.names.place());
    this.measure();
    await new Promise((go) => requestAnimationFrame(go));
    const fades = this.plan.layers.flatMap((id) => this.pane(id).getAnimations());
    await Promise.allSettled(fades.map((fade) => fade.finished));
    if (turn !== this.turn) return;
    this.element.dataset.state = JSON.stringify(this.read(state));
    this.element.dataset.settled = "true";
    this.root.dispatchEvent(new CustomEvent("storystate", { detail: this.element.dataset.state, bubbles: true }));
  }

  // Read back from the map itself, not from the wish.
  read(state) {
    const layers = {};
    for (const id of this.plan.layers) {
      const opacity = Number(getComputedStyle(this.pane(id)).opacity);
      layers[id] = opacity > 0.9 ? "full" : opacity > 0.05 ? "context" : "off";
    }
    return { chapter: state.slug, borders: this.root.dataset.borders || "", layers, bounds_wsen: this.camera.free(state.bounds_wsen) };
  }

  // The reader has taken the map: it stays where it is until it is given back.
  explore(on) {
    this.exploring = on;
    one(this.root, "[data-back]").hidden = !on;
    this.element.dataset.exploring = String(on);
    if (!on && this.state) this.show(this.state);
  }

  // The legend lies open where the map has room for it; within one kind of map the reader's own choice stands.
  fold() {
    const roomy = this.element.clientWidth > 560 && this.element.clientHeight > 480;
    if (roomy === this.roomy) return;
    this.roomy = roomy;
    if (this.crowded) this.legendStood = roomy;
    else this.legend.open = roomy;
  }

  // Beside a panel there is less room for the map: the legend folds, and stands again as it was afterwards.
  crowd(crowded) {
    this.crowded = crowded;
    if (crowded) this.legendStood = this.legend.open;
    this.legend.open = crowded ? false : this.legendStood;
  }

  // The map's box has changed: the same state, fitted anew.
  refit() {
    this.map.invalidateSize({ pan: false, animate: false });
    this.fold();
    if (this.state) this.show(this.state, { still: true });
  }
}
