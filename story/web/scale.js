// The scale bar: the longest round distance that fits, true at the middle of the map.

const SCALE_PX = 120; // how long the scale bar is at most

function drawScale(map, element) {
  const size = map.getSize();
  const at = (x) => map.containerPointToLatLng([x, size.y / 2]);
  const most = Math.min(SCALE_PX, size.x / 4);
  const metres = map.distance(at(size.x / 2 - most / 2), at(size.x / 2 + most / 2));
  const round = roundest(metres / 1000);
  element.style.width = `${((round * 1000) / metres) * most}px`;
  element.textContent = `${round} km`;
}

// The largest of 1, 2, 5, 10, 20, 50 ... that is no more than a number above 1.
function roundest(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return power * [5, 2, 1].find((step) => step * power <= number);
}
