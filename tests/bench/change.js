// Scrolls to a chapter and marks two moments for the trace: the scroll, and the first frame in which the map has moved.
({
  chapters() {
    return Array.from(document.querySelectorAll("[data-story] section[data-chapter]"), (one) => one.dataset.chapter);
  },

  async scroll(slug) {
    const place = () => {
      const { x, y } = window.TheLineBetween.project([69, 34]);
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    };
    const before = place();
    const end = performance.now() + 3000;
    performance.mark("bench-scroll");
    window.TheLineBetween.goto(slug);
    do await new Promise(requestAnimationFrame);
    while (place() === before && performance.now() < end);
    performance.mark("bench-moved");
  },
})
