// A sheet of the page: HTML from the story's own templates, with links that ask the app instead of loading it anew.

const shown = new WeakMap(); // sheet -> the HTML that it shows

function write(sheet, html) {
  if (shown.get(sheet) === html) return;
  shown.set(sheet, html);
  const written = new DOMParser().parseFromString(html, "text/html");
  sheet.replaceChildren(...written.body.childNodes);
}

// Where the reader was led: the element that a selector finds, in sight and in focus, once for each new selector.
function lead(sheet, to) {
  if (sheet.dataset.led === to) return;
  sheet.dataset.led = to;
  const goal = to && sheet.querySelector(to);
  const focused = goal && (goal.matches("[tabindex]") ? goal : goal.querySelector("a"));
  if (!focused) return;
  focused.focus({ preventScroll: true });
  goal.scrollIntoView({ block: goal.matches("h1") ? "end" : "center" });
}

function isPlain(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const sheet = parentElement.querySelector(".sheet");
  write(sheet, data.html);
  sheet.onclick = (event) => {
    const link = event.target.closest("a");
    const fact = link?.dataset.fact;
    if (fact) {
      event.preventDefault();
      const record = document.getElementById(`record-${fact}`);
      record?.setAttribute("tabindex", "-1");
      record?.focus();
      return;
    }
    if (link?.dataset.go === undefined || !isPlain(event)) return;
    event.preventDefault();
    setTriggerValue("asked", link.getAttribute("href"));
  };
  const said = parentElement.querySelector("[role=status]");
  if (said.textContent !== data.said) said.textContent = data.said;
  requestAnimationFrame(() => lead(sheet, data.lead));
}
