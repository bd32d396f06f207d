// Moves the map so that given bounds fill what is free of it: nothing that lies over the map may cover the subject.

const FAR = 2.6; // a way longer than so many screens is jumped, not flown
const FASTEST_S = 0.6;
const SLOWEST_S = 1.2;
const MOST = 0.7; // of the map, that anything over it may be taken to cover

class Camera {
  constructor(map, root) {
    this.map = map;
    this.root = root;
    this.flights = 0;
    this.moving = false;
    map.on("moveend", () => (this.moving = false));
  }

  // Pixels that legend, buttons and badges take from the sides of the map. Each stands in a corner and can be
  // given up at either of its two sides: of all ways to do so, the one that leaves the bounds the closest view.
  padding(bounds) {
    const size = this.map.getSize();
    const ways = this.obstacles().reduce(
      (soFar, sides) => soFar.flatMap((pad) => sides.map(([side, px]) => ({ ...pad, [side]: Math.max(pad[side], px) }))),
      [{ left: GAP_PX, top: GAP_PX, right: GAP_PX, bottom: GAP_PX }],
    );
    const zoom = (pad) => this.map.getBoundsZoom(bounds, false, taken(pad, size));
    const roomy = ways.filter((pad) => pad.left + pad.right <= size.x * MOST && pad.top + pad.bottom <= size.y * MOST);
    return (roomy.length ? roomy : ways).map((pad) => ({ pad, zoom: zoom(pad) })).reduce((best, way) => (way.zoom > best.zoom + 1e-6 ? way : best));
  }

  // For each thing over the map: the two sides that it is nearest to, and how deep it reaches in from there.
  obstacles() {
    const home = this.map.getContainer().getBoundingClientRect();
    const boxes = all(this.root, "[data-obstacle]").map((element) => element.getBoundingClientRect());
    const over = boxes.filter(
      (box) => box.width && box.right > home.left && box.left < home.right && box.bottom > home.top && box.top < home.bottom,
    );
    return over.map((box) => {
      const across = nearer(["left", box.right - home.left + GAP_PX], ["right", home.right - box.left + GAP_PX]);
      const along = nearer(["top", box.bottom - home.top + GAP_PX], ["bottom", home.bottom - box.top + GAP_PX]);
      if (across[1] > home.width * MOST) return [along]; // a sheet over the whole width leaves no room beside it
      return along[1] > home.height * MOST ? [across] : [across, along];
    });
  }

  // Where to stand so that the bounds fit: { centre, zoom }.
  stand([west, south, east, north]) {
    const bounds = L.latLngBounds([south, west], [north, east]);
    const { pad, zoom } = this.padding(bounds);
    const low = this.map.project(bounds.getSouthWest(), zoom);
    const high = this.map.project(bounds.getNorthEast(), zoom);
    const middle = low.add(high).divideBy(2);
    const shift = L.point((pad.right - pad.left) / 2, (pad.bottom - pad.top) / 2);
    return { centre: this.map.unproject(middle.add(shift), zoom), zoom };
  }

  // Flies, jumps or stands still; `done` is called once the map rests.
  go(bounds, { still = false, done = () => {} } = {}) {
    this.map._stop(); // stop() itself would also set the view anew and draw everything again
    const { centre, zoom } = this.stand(bounds);
    const size = this.map.getSize();
    const way = this.map.latLngToContainerPoint(centre).distanceTo(size.divideBy(2)) / Math.max(size.x, 1);
    const climb = Math.abs(zoom - this.map.getZoom());
    if (way < 0.002 && climb < 0.002) return done();
    this.map.once("moveend", done);
    if (still || stillness.matches) {
      this.map.setView(centre, zoom, { animate: false });
    } else if (way > FAR || climb > 4) {
      this.cut(() => this.map.setView(centre, zoom, { animate: false }));
    } else {
      this.flights += 1;
      this.moving = true;
      const duration = clamp(FASTEST_S + way * 0.35 + climb * 0.15, FASTEST_S, SLOWEST_S);
      this.map.flyTo(centre, zoom, { duration, easeLinearity: 0.3 });
    }
    return undefined;
  }

  // A jump too far to fly: the picture fades out and in again elsewhere.
  cut(jump) {
    const picture = this.map.getContainer();
    picture.classList.add("cutting");
    jump();
    requestAnimationFrame(() => picture.classList.remove("cutting"));
  }

  // What the map shows of the side that is free of anything over it, as [west, south, east, north].
  free([west, south, east, north]) {
    const { pad } = this.padding(L.latLngBounds([south, west], [north, east]));
    const size = this.map.getSize();
    const low = this.map.containerPointToLatLng([pad.left - GAP_PX, size.y - pad.bottom + GAP_PX]);
    const high = this.map.containerPointToLatLng([size.x - pad.right + GAP_PX, pad.top - GAP_PX]);
    return [low.lng, low.lat, high.lng, high.lat].map((degrees) => Math.round(degrees * 1e4) / 1e4);
  }
}

function nearer(one, other) {
  return one[1] <= other[1] ? one : other;
}

// The padding as Leaflet wants it: never more than most of the map.
function taken(pad, size) {
  return L.point(Math.min(pad.left + pad.right, size.x * MOST), Math.min(pad.top + pad.bottom, size.y * MOST));
}
