// Moves from place to place as tapered arrows, as wide as their figures say, broken into pieces as all that is schematic;
// story/flows.py draws the same on stills.

const TAIL = 0.4; // width where an arrow sets out, as a share of its width before the head
const HEAD = 1.7; // half the width of the head, as a share of the arrow's
const HEAD_LENGTH = 2.2;
const LEAST_HEAD_PX = 5;
const AIR_PX = 5; // between a place and the arrow that leaves or reaches it
const PIECE_PX = 9; // of a broken arrow, counted back from its head
const BREAK_PX = 4;

const Flow = L.Polyline.extend({
  options: { noClip: true, smoothFactor: 0, fill: true, stroke: true, interactive: false },
  _updatePath() {
    const scale = markScale(this._map.getContainer());
    const pieces = this._rings?.length ? taper(this._rings[0], this.options.px * (0.5 + scale / 2)) : [];
    const outline = (piece) => `M${piece.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
    this._renderer._setPath(this, pieces.map(outline).join("") || "M0 0");
  },
});

function flows(rows, pane) {
  const draw = (row) => new Flow(row.path, { px: row.px, pane, className: `flow ink-${row.ink}`, weight: 1.4 });
  return L.layerGroup(rows.map(draw));
}

// The pieces of a tapered arrow along a path, in pixels; none where the path is shorter than the air around it.
function taper(path, width) {
  const steps = path.slice(1).map((point, index) => point.distanceTo(path[index]));
  const whole = steps.reduce((sum, step) => sum + step, 0);
  if (whole < 2 * AIR_PX) return [];
  const start = Math.min(AIR_PX, whole * 0.15);
  const neck = whole - start - Math.min(LEAST_HEAD_PX + HEAD_LENGTH * width, (whole - 2 * start) * 0.6);
  let along = 0;
  const bends = steps.map((step) => (along += step));
  const side = (at) => {
    const { point, way } = walk(path, steps, at);
    return abreast(point, way, (width / 2) * (TAIL + ((1 - TAIL) * (at - start)) / (neck - start)));
  };
  const pieces = [];
  for (let to = neck; to > start; to -= PIECE_PX + BREAK_PX) {
    const since = Math.max(start, to - PIECE_PX);
    pieces.unshift([since, ...bends.filter((at) => at > since && at < to), to].map(side));
  }
  const base = walk(path, steps, neck).point;
  const tip = walk(path, steps, whole - start).point;
  const long = tip.distanceTo(base) || 1;
  const barbs = abreast(base, tip.subtract(base).divideBy(long), (width / 2) * HEAD + LEAST_HEAD_PX / 2);
  const head = pieces.length - 1;
  return pieces.map((sides, index) => [
    ...sides.map(([left]) => left), ...(index === head ? [barbs[0], tip, barbs[1]] : []), ...sides.map(([, right]) => right).reverse(),
  ]);
}

// The two points that lie `half` pixels to the left and to the right of a point on its way.
function abreast(point, way, half) {
  const out = L.point(-way.y * half, way.x * half);
  return [point.add(out), point.subtract(out)];
}

// The point `at` pixels along a path, and the direction there.
function walk(path, steps, at) {
  let rest = at;
  for (const [index, step] of steps.entries()) {
    if (rest <= step || index === steps.length - 1) {
      const way = step ? path[index + 1].subtract(path[index]).divideBy(step) : L.point(1, 0);
      return { point: path[index].add(way.multiplyBy(rest)), way };
    }
    rest -= step;
  }
  return { point: path[path.length - 1], way: L.point(1, 0) };
}
