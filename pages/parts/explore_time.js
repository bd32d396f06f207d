// The histogram of records with two handles and a button that plays. What is shown comes from Python with every run;
// what the visitor does goes back as `months`, with a turn: what Python shows of an earlier turn does not undo a later
// one. While it plays the next step waits until the last one is shown.

const NS = "http://www.w3.org/2000/svg";
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const EARLY = 0.26; // share of the width for the long beginning
const STEP_MS = 900;
const HIGH = 56;
const kept = new WeakMap(); // home -> strip

const toIndex = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const toMonth = (index) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
const say = (index) => `${MONTHS[index % 12]} ${Math.floor(index / 12)}`;

function draw(tag, attributes, text) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

class Strip {
  constructor(home) {
    this.home = home;
    home.innerHTML =
      '<button type="button" class="play" aria-pressed="false"></button><div class="strip"><svg role="img"></svg>' +
      '<div class="handle" role="slider" tabindex="0" data-end="0"></div><div class="handle" role="slider" tabindex="0" data-end="1"></div></div>' +
      '<p class="told"><span></span> <button type="button" class="whole">Whole span</button></p>';
    this.play = home.querySelector(".play");
    this.strip = home.querySelector(".strip");
    this.svg = home.querySelector("svg");
    this.handles = [...home.querySelectorAll(".handle")];
    this.told = home.querySelector(".told span");
    this.whole = home.querySelector(".whole");
    this.timer = 0;
    this.turn = 0;
    this.play.onclick = () => (this.playing ? this.stop() : this.start());
    this.whole.onclick = () => this.choose([this.low, this.high], true);
    for (const handle of this.handles) this.listen(handle);
    this.svg.onclick = (event) => {
      const year = Number(event.target.dataset?.year);
      if (year) this.choose([year * 12, year * 12 + 11], true);
    };
    this.watch = new ResizeObserver(() => this.data && this.draw());
    this.watch.observe(this.strip);
    this.hidden = () => document.hidden && this.stop();
    document.addEventListener("visibilitychange", this.hidden);
  }

  show(data, send) {
    this.data = data;
    this.send = send;
    [this.low, this.high] = data.span.map(toIndex);
    if (!this.dragging && !this.late && data.heard >= this.turn) this.months = data.months.map(toIndex);
    this.draw();
    if (this.playing) this.wait();
  }

  // Where a month begins, as a share of the width: the long beginning has little of it.
  share(index) {
    const split = this.data.split * 12;
    const [low, high] = [this.low, this.high + 1];
    if (split <= low || split >= high) return (index - low) / (high - low);
    return index < split ? (EARLY * (index - low)) / (split - low) : EARLY + ((1 - EARLY) * (index - split)) / (high - split);
  }

  month(share) {
    const split = this.data.split * 12;
    const [low, high] = [this.low, this.high + 1];
    if (split <= low || split >= high) return low + share * (high - low);
    return share < EARLY ? low + (share / EARLY) * (split - low) : split + ((share - EARLY) / (1 - EARLY)) * (high - split);
  }

  draw() {
    const wide = this.strip.clientWidth;
    const most = Math.max(1, ...this.data.years.map(([, count]) => count));
    const [from, to] = this.months;
    const at = (index) => this.share(Math.min(Math.max(index, this.low), this.high + 1)) * wide;
    const parts = [draw("rect", { class: "chosen", x: at(from), y: 0, width: Math.max(2, at(to + 1) - at(from)), height: HIGH })];
    for (const [year, count] of this.data.years) {
      const [left, right] = [at(year * 12), at(year * 12 + 12)];
      const tall = Math.max(2, (HIGH - 8) * Math.sqrt(count / most));
      const within = year * 12 + 11 >= from && year * 12 <= to;
      const bar = draw("rect", { class: within ? "bar in" : "bar", x: left + 0.5, y: HIGH - tall, width: Math.max(1.5, right - left - 1), height: tall });
      const press = draw("rect", { class: "press", x: left, y: 0, width: Math.max(3, right - left), height: HIGH, "data-year": year });
      press.append(draw("title", {}, `${year}: ${count} ${count === 1 ? "record begins" : "records begin"}`));
      parts.push(bar, press);
    }
    parts.push(...this.ticks(wide, at));
    this.svg.replaceChildren(...parts);
    this.svg.setAttribute("viewBox", `0 0 ${wide} ${HIGH + 18}`);
    this.svg.setAttribute("aria-label", `Records by the year in which they begin; ${say(from)} to ${say(to)} is chosen`);
    this.handles.forEach((handle, end) => {
      const index = this.months[end];
      handle.style.left = `${at(end ? index + 1 : index)}px`;
      handle.setAttribute("aria-label", end ? "Until" : "From");
      handle.setAttribute("aria-valuemin", end ? from : this.low);
      handle.setAttribute("aria-valuemax", end ? this.high : to);
      handle.setAttribute("aria-valuenow", index);
      handle.setAttribute("aria-valuetext", say(index));
    });
    const whole = from === this.low && to === this.high;
    this.told.textContent = `${say(from)} to ${say(to)}`;
    this.whole.disabled = whole;
    this.play.setAttribute("aria-pressed", String(Boolean(this.playing)));
    this.play.setAttribute("aria-label", this.playing ? "Stop playing" : "Play through time");
    this.play.title = this.play.getAttribute("aria-label");
  }

  ticks(wide, at) {
    const split = this.data.split;
    const first = Math.floor(this.low / 12);
    const last = Math.floor(this.high / 12);
    const years = [first];
    for (const year of [1920, 1950, 1980]) if (year > first && year < split) years.push(year);
    for (let year = Math.ceil(split / 5) * 5; year <= last; year += 5) years.push(year);
    const parts = [];
    let free = -99;
    for (const year of years) {
      const x = Math.min(at(year * 12) + 1, wide - 30);
      if (x - free < 38) continue;
      free = x;
      parts.push(draw("text", { class: "tick", x, y: HIGH + 14 }, String(year)));
    }
    parts.push(draw("path", { class: "break", d: `M${at(split * 12)} 0V${HIGH + 4}` }));
    return parts;
  }

  choose(months, tell) {
    this.stop();
    this.put(months);
    if (tell) this.told_months();
  }

  put([from, to]) {
    this.months = [Math.max(this.low, Math.min(from, this.high)), Math.min(this.high, Math.max(to, this.low))];
    this.draw();
  }

  told_months() {
    window.clearTimeout(this.late);
    this.late = 0;
    this.turn = Math.max(this.data.heard, this.turn) + 1;
    this.send({ months: this.months.map(toMonth), turn: this.turn });
  }

  listen(handle) {
    const end = Number(handle.dataset.end);
    const move = (index) => {
      const months = [...this.months];
      months[end] = end ? Math.max(index, months[0]) : Math.min(index, months[1]);
      this.put(months);
    };
    handle.onkeydown = (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 }[event.key];
      const limit = { Home: this.low, End: this.high }[event.key];
      if (step === undefined && limit === undefined) return;
      event.preventDefault();
      this.stop();
      move(limit ?? this.months[end] + step);
      window.clearTimeout(this.late);
      this.late = window.setTimeout(() => this.told_months(), 250);
    };
    handle.onpointerdown = (event) => {
      this.stop();
      handle.setPointerCapture(event.pointerId);
      this.dragging = true;
    };
    handle.onpointermove = (event) => {
      if (!this.dragging) return;
      const box = this.strip.getBoundingClientRect();
      const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
      move(Math.round(this.month(share)) - (end ? 1 : 0));
    };
    handle.onpointerup = handle.onpointercancel = () => {
      if (!this.dragging) return;
      this.dragging = false;
      this.told_months();
    };
  }

  // Plays from the first month on: the end moves from one year that has records to the next, to where it stood.
  start() {
    const [from, to] = this.months;
    const years = this.data.years.map(([year]) => year * 12 + 11).filter((index) => index >= from && index < to);
    this.steps = [...years, to];
    this.playing = true;
    this.step();
  }

  step() {
    if (!this.playing) return;
    const to = this.steps.shift();
    this.stepped = performance.now();
    this.put([this.months[0], to]);
    this.told_months();
    if (!this.steps.length) this.stop();
  }

  wait() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.step(), Math.max(0, STEP_MS - (performance.now() - this.stepped)));
  }

  stop() {
    this.playing = false;
    window.clearTimeout(this.timer);
    if (this.data) this.draw();
  }

  leave() {
    this.stop();
    this.watch.disconnect();
    document.removeEventListener("visibilitychange", this.hidden);
  }
}

export default function ({ parentElement, data, setStateValue }) {
  const home = parentElement.querySelector(".explore-time");
  if (!kept.has(home)) kept.set(home, new Strip(home));
  const strip = kept.get(home);
  strip.show(data, (told) => setStateValue("months", told));
  return () => {
    strip.leave();
    kept.delete(home);
  };
}
