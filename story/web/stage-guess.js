// A prediction on the stage: the class chooses a place, a number or an order, its guess is marked on the map, and then the
// record appears beside it. A guess is the index of a choice, a number, or a list of items' indices; null is none.

const LETTERS = "abcdefghij";
// Where a pin may stand, in its own widths and heights from its place, the nearest first.
const STEPS = [[0, 0], [0, -1.2], [0, 1.2], [-0.8, 0], [0.8, 0], [-1.2, 0], [1.2, 0], [-1, -1.2], [1, -1.2], [-1, 1.2], [1, 1.2], [0, -2.4], [0, 2.4], [-2.4, 0], [2.4, 0]];

class Guess {
  constructor(stage, slug, asked, part) {
    Object.assign(this, { stage, slug, asked, part, words: stage.lesson.words });
    this.home = one(part, "[data-guess]");
    this.pins = L.layerGroup();
    this.marked = null; // the last [guess, answered] that was marked, to mark it anew where the map has moved
    stage.shown.map.on("moveend", () => this.marked && this.mark(...this.marked));
    this[`build_${asked.kind}`]();
    const clear = this.button(this.words.again, "plain", () => this.give(null));
    this.home.append(clear);
  }

  button(text, className, act) {
    const button = make("button", className, text);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  build_place() {
    this.list = make("ol", "choices");
    this.buttons = this.asked.options.map((name, index) => {
      const button = this.button("", "choice", () => this.give(index));
      button.append(make("b", "letter", LETTERS[index].toUpperCase()), make("span", "", name));
      const item = make("li");
      item.append(button);
      this.list.append(item);
      return button;
    });
    this.home.append(this.list);
  }

  build_order() {
    this.build_place();
    this.buttons.forEach((button, index) => {
      const fresh = button.cloneNode(true);
      fresh.addEventListener("click", () => {
        const now = this.now() || [];
        this.give(now.includes(index) ? now.filter((each) => each !== index) : [...now, index]);
      });
      button.replaceWith(fresh);
      this.buttons[index] = fresh;
    });
  }

  build_number() {
    const { low, high, step, unit } = this.asked;
    this.range = make("input", "range");
    Object.assign(this.range, { type: "range", min: low, max: high, step, value: (low + high) / 2 });
    this.range.setAttribute("aria-labelledby", `asked-${this.slug}`);
    this.out = make("output", "number");
    this.range.addEventListener("input", () => this.give(Number(this.range.value)));
    const ends = make("p", "ends");
    ends.append(make("span", "", `${say(low)} ${unit}`), make("span", "", `${say(high)} ${unit}`));
    this.home.append(this.out, this.range, ends);
  }

  now() {
    return this.stage.state.guesses[this.slug] ?? null;
  }

  give(guess) {
    this.stage.guess(this.slug, guess);
  }

  // A letter chooses a place or an item; arrows move the slider by themselves.
  key(letter) {
    const index = LETTERS.indexOf(letter);
    if (!this.buttons?.[index]) return false;
    this.buttons[index].click();
    return true;
  }

  // On the map the nearest choice is meant, if it is near.
  press(latlng) {
    if (!this.buttons) return;
    const { map } = this.stage.shown;
    const at = map.latLngToContainerPoint(latlng);
    const far = this.asked.spots.map((spot) => map.latLngToContainerPoint(spot).distanceTo(at));
    const nearest = far.indexOf(Math.min(...far));
    if (far[nearest] < 60) this.buttons[nearest].click();
  }

  // Shows the question with the guess, or the record beside it.
  show(answered) {
    const guess = this.now();
    const record = one(this.part, "[data-record]");
    record.hidden = !answered;
    this.home.hidden = answered;
    if (this.asked.kind === "number") {
      this.out.textContent = guess === null ? "?" : `${say(guess)} ${this.asked.unit}`;
      if (guess !== null) this.range.value = guess;
    }
    (this.buttons || []).forEach((button, index) => {
      const place = this.asked.kind === "order" ? (guess || []).indexOf(index) : guess === index ? 0 : -1;
      button.setAttribute("aria-pressed", String(place >= 0));
      button.dataset.place = this.asked.kind === "order" && place >= 0 ? String(place + 1) : "";
    });
    one(this.part, "[data-mine]").textContent = this.compare(guess);
    const answers = this.asked.kind === "order" ? this.asked.answers : [];
    one(this.part, "[data-answers]").replaceChildren(...answers.map((text) => make("li", "", text)));
    this.mark(guess, answered);
  }

  compare(guess) {
    const { kind, right, ends, unit, spots, options } = this.asked;
    if (guess === null || guess?.length === 0) return this.words.no_guess;
    if (kind === "place") {
      if (guess === right[0]) return this.words.right;
      const km = Math.round(this.stage.shown.map.distance(spots[guess], spots[right[0]]) / 1000);
      return fillIn(this.words.elsewhere, { place: options[right[0]], km: say(km) });
    }
    if (kind === "number") {
      const where = guess < ends[0] ? "below" : guess > ends[1] ? "above" : "within";
      return `${this.words.our_guess} ${say(guess)} ${unit}. ${this.words[where]}`;
    }
    const count = right.filter((item, place) => guess[place] === item).length;
    return fillIn(this.words.places_right, { count, all: right.length });
  }

  // Pins: choices by their letters, an order by its numbers, the guess in a ring, the record as a solid one.
  mark(guess, answered) {
    this.marked = [guess, answered];
    this.pins.clearLayers().addTo(this.stage.shown.map);
    const { kind, spots, right } = this.asked;
    if (kind === "number") {
      if (guess !== null) this.pin(spots[0], `${this.words.our_guess} ${say(guess)}`, "mine");
      this.spread();
      return;
    }
    spots.forEach((spot, index) => {
      const place = kind === "order" ? (guess || []).indexOf(index) : -1;
      const truth = kind === "order" ? String(right.indexOf(index) + 1) : LETTERS[index].toUpperCase();
      const mine = kind === "order" ? place >= 0 : guess === index;
      const solved = answered && (kind === "order" || index === right[0]);
      const text = answered || kind === "place" ? truth : place >= 0 ? String(place + 1) : LETTERS[index].toUpperCase();
      this.pin(spot, text, `${mine ? "mine" : ""} ${solved ? "solved" : ""}`);
    });
    this.spread();
  }

  pin(latlng, text, className) {
    const badge = make("span", "", text);
    badge.dataset.over = ""; // names leave it free
    const icon = L.divIcon({ className: `pin ${className}`, iconSize: null, html: badge });
    this.pins.addLayer(L.marker(latlng, { icon, interactive: false, keyboard: false, pane: "names", zIndexOffset: 1000 }));
  }

  // A pin stands on its place, or so near that it covers no other and is whole on the map; then a line leads to the place.
  spread() {
    const { map, names } = this.stage.shown;
    const home = map.getContainer().getBoundingClientRect();
    const taken = all(this.stage.root, "[data-obstacle]").map((element) => element.getBoundingClientRect()).map(({ left, top, right, bottom }) => [left, top, right, bottom]);
    for (const pin of this.pins.getLayers()) {
      if (!map.getBounds().contains(pin.getLatLng())) continue;
      const badge = one(pin.getElement(), "span");
      const { left, top, width, height } = badge.getBoundingClientRect();
      const boxes = STEPS.map(([x, y]) => [left + x * width, top + y * height, left + (x + 1) * width, top + (y + 1) * height]);
      const free = boxes.findIndex((box) => within(box, home) && !taken.some((other) => overlap(box, other)));
      const [x, y] = STEPS[Math.max(free, 0)];
      taken.push(boxes[Math.max(free, 0)]);
      names.reaches = [2, height];
      if (free > 0) leadTo(badge, x * width, y * height);
    }
    names.place();
  }

  hide() {
    this.marked = null;
    this.pins.remove();
    this.stage.shown.names.reaches = [2];
  }
}

function within([left, top, right, bottom], home) {
  return left >= home.left && top >= home.top && right <= home.right && bottom <= home.bottom;
}

function leadTo(badge, x, y) {
  badge.style.translate = `calc(-50% + ${x}px) calc(-50% + ${y}px)`;
  const line = make("i");
  line.style.width = `${Math.hypot(x, y)}px`;
  line.style.transform = `rotate(${Math.atan2(y, x)}rad)`;
  badge.before(line);
}

// Of what another window says was guessed only what can be.
function knownGuesses(lesson, said) {
  const fits = ({ kind, options }, guess) => {
    const known = (index) => Number.isInteger(index) && index in options;
    if (kind === "order") return Array.isArray(guess) && guess.every(known) && new Set(guess).size === guess.length;
    return kind === "place" ? known(guess) : Number.isFinite(guess);
  };
  const asked = Object.entries(lesson.chapters).filter(([slug, lesson]) => lesson.asked && fits(lesson.asked, said?.[slug]));
  return Object.fromEntries(asked.map(([slug]) => [slug, said[slug]]));
}

function say(number) {
  return Number(number).toLocaleString("en-GB", { maximumFractionDigits: 2 });
}

function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
