// The layers panel: switches and sliders over the legend, which comes as a file of our own. Sends `wanted`, with a turn:
// what the page shows of an earlier turn does not undo a later press.

const kept = new WeakMap(); // home -> the panel, once its legend has come
const turns = new WeakMap(); // home -> how often it was pressed

async function bring(home, address) {
  const answer = await fetch(new URL(address, document.baseURI));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  home.replaceChildren(...page.body.children);
}

function say(home) {
  const on = [...home.querySelectorAll("[data-layer]:checked")].map((box) => box.dataset.layer);
  const fade = [...home.querySelectorAll("[data-theme-id]")].map((theme) => `${theme.dataset.themeId}:${theme.querySelector("[data-fade]").value}`);
  const borders = home.querySelector("[data-borders-value]:checked")?.value || "";
  return { layers: on.join(",") || "none", fade: fade.join(","), borders };
}

function fill(home, { layers, fade, borders }) {
  const on = new Set(layers);
  for (const box of home.querySelectorAll("[data-layer]")) box.checked = on.has(box.dataset.layer);
  home.dataset.borders = borders;
  for (const choice of home.querySelectorAll("[data-borders-value]")) choice.checked = choice.value === borders;
  for (const theme of home.querySelectorAll("[data-theme-id]")) {
    const slider = theme.querySelector("[data-fade]");
    slider.value = fade[theme.dataset.themeId] || 100;
    slider.setAttribute("aria-valuetext", `${slider.value} per cent`);
  }
}

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const home = parentElement.querySelector(".explore-layers");
  const send = () => {
    turns.set(home, Math.max(data.heard, turns.get(home) || 0) + 1);
    setStateValue("wanted", { ...say(home), turn: turns.get(home) });
  };
  home.onchange = send;
  home.onclick = (event) => {
    const record = event.target.closest("[data-record]");
    if (record) setTriggerValue("record", record.dataset.record);
    const button = event.target.closest("[data-all], [data-none]");
    if (!button) return;
    for (const box of button.closest("[data-theme-id]").querySelectorAll("[data-layer]")) box.checked = button.matches("[data-all]");
    send();
  };
  if (!kept.has(home)) kept.set(home, bring(home, data.legend));
  kept.get(home).then(() => data.heard >= (turns.get(home) || 0) && fill(home, data));
}
