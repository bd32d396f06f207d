"""The stage as a test sees it: where it is, what its map shows, what spills over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PART = "() => { const { stage } = TheLineBetween; return `${stage.step().slug} ${stage.step().part}`; }"
LEAST_PX = {600: 12, 720: 15, 768: 14, 1050: 18, 1080: 20}  # letters by the height of the screen
# Of every so-manieth step: what spills over the screen or its slide, and letters too small to be read from the back.
SPILLS = """([every, least_px]) => {
  const { stage } = TheLineBetween;
  const found = [];
  for (let at = 0; at < stage.steps.length; at += every) {
    stage.go(at);
    const say = (what) => found.push(`${stage.step().slug} ${stage.step().part}: ${what}`);
    const slide = [...document.querySelectorAll("[data-slide]")].find((one) => !one.hidden);
    if (slide.scrollHeight > slide.clientHeight + 1) say(`${slide.scrollHeight} of ${slide.clientHeight} px high`);
    if (slide.scrollWidth > slide.clientWidth + 1) say(`${slide.scrollWidth} of ${slide.clientWidth} px wide`);
    if (parseFloat(getComputedStyle(slide).fontSize) < least_px) say(getComputedStyle(slide).fontSize);
    const page = document.documentElement;
    if (page.scrollHeight > innerHeight || page.scrollWidth > innerWidth) say("the page scrolls");
    for (const one of document.querySelectorAll("[data-tools] button, [data-legend], [data-map]")) {
      const { left, top, right, bottom, width } = one.getBoundingClientRect();
      const inside = left > -1 && top > -1 && right < innerWidth + 1 && bottom < innerHeight + 1;
      if (width && !inside) say(one.dataset.do || one.className);
    }
  }
  return found;
}"""
# What covers what of all that lies over a map. A pin whose place is off the map is not seen.
COVERED = """() => {
  const home = document.querySelector("[data-map]").getBoundingClientRect();
  const controls = [".scale", ".credit", ".credits", ".legend", ".period", ".zoom", ".borders summary"];
  const kinds = [...controls, ".name.written", ".pin span"];
  const shared = (one, other) => Math.min(
    Math.min(one.right, other.right) - Math.max(one.left, other.left),
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
  );
  const seen = kinds.flatMap((kind) => [...document.querySelectorAll(kind)].map((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return { kind, text: one.textContent.slice(0, 20), left, top, right, bottom };
  })).filter((one) => one.right > one.left && (kinds.indexOf(one.kind) < 3 || shared(one, home) > 0));
  const pairs = seen.flatMap((one, at) => seen.slice(at + 1).map((other) => [one, other]));
  return pairs
    .filter(([one, other]) => (one.kind !== ".name.written" || other.kind !== one.kind) && shared(one, other) > 1)
    .map((pair) => pair.map((one) => `${one.kind} ${one.text}`).join(" / "));
}"""
FITS = """() => {
  const slide = [...document.querySelectorAll("[data-slide]")].find((one) => !one.hidden);
  return [slide.scrollHeight <= slide.clientHeight, parseFloat(getComputedStyle(slide).fontSize)];
}"""
SPOT = """([slug, at]) => {
  const { shown, lesson } = TheLineBetween.stage;
  const point = shown.map.latLngToContainerPoint(lesson.chapters[slug].asked.spots[at]);
  const home = shown.map.getContainer().getBoundingClientRect();
  return [home.left + point.x, home.top + point.y];
}"""
OUTSIDE = """(selector) => {
  const home = document.querySelector("[data-map]").getBoundingClientRect();
  const boxes = [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
  return boxes.filter((box) => box.left < home.left || box.right > home.right).length;
}"""
SWIPE = """(far_px) => {
  const slides = document.querySelector("[data-slides]");
  const touch = (x) => [new Touch({ identifier: 1, target: slides, clientX: x, clientY: 300 })];
  const send = (kind, touches, x) => slides.dispatchEvent(new TouchEvent(kind, { touches, changedTouches: touch(x) }));
  send("touchstart", touch(300), 300);
  send("touchend", [], 300 + far_px);
}"""
SHOWN = """(ids) => ({
  state: JSON.parse(document.querySelector("[data-map]").dataset.state || "null"),
  opacity: Object.fromEntries(ids.map((id) => {
    const pane = TheLineBetween.stage.shown.pane(id);
    return [id, pane ? Number(getComputedStyle(pane).opacity) : null];
  })),
})"""


class Stage:
    """One window of a presentation."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_for_function("() => window.TheLineBetween?.stage?.state")

    @property
    def context(self) -> BrowserContext:
        """Give what this window shares with others of its browser."""
        return self.page.context

    def at(self) -> str:
        """Give the chapter and the part that the window shows."""
        return str(self.page.evaluate(PART))

    def press(self, *keys: str) -> str:
        """Press keys one by one; give where that led."""
        for key in keys:
            self.page.keyboard.press(key)
        return self.at()

    def wait_at(self, place: str, limit_ms: int = 8000) -> None:
        """Wait until the window shows this chapter and part."""
        self.page.wait_for_function(f"(place) => ({PART})() === place", arg=place, timeout=limit_ms)

    def settle(self) -> None:
        """Wait until the map rests."""
        self.page.wait_for_function('() => document.querySelector("[data-map]").dataset.settled === "true"')

    def shown(self, layers: tuple[str, ...]) -> Any:
        """Give the state of the map and the opacity of every layer's pane."""
        self.settle()
        return self.page.evaluate(SHOWN, list(layers))
