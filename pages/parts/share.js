// The Share page below its choices: writes what the app has made, copies from it, and wakes the script that frames need.

const shown = new WeakMap(); // sheet -> the HTML that it shows

// The same script that is pasted into other pages, so that what grows there grows here.
function wake(address) {
  if (document.querySelector(`script[src="${address}"]`)) return;
  const script = document.createElement("script");
  script.src = address;
  document.head.append(script);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text.textContent);
    return true;
  } catch {
    window.getSelection().selectAllChildren(text); // for the keyboard
    return false;
  }
}

export default function ({ parentElement, data }) {
  const sheet = parentElement.querySelector(".sheet");
  const said = parentElement.querySelector("[role=status]");
  if (shown.get(sheet) !== data.html) {
    shown.set(sheet, data.html);
    const written = new DOMParser().parseFromString(data.html, "text/html");
    sheet.replaceChildren(...written.body.childNodes);
  }
  wake(new URL("embed/embed.js", document.baseURI).href);
  sheet.onclick = async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const done = await copy(sheet.querySelector(`#${button.dataset.copy}`));
    said.textContent = "";
    requestAnimationFrame(() => (said.textContent = done ? data.copied : data.notCopied));
    button.classList.toggle("done", done);
    window.setTimeout(() => button.classList.remove("done"), 4000);
  };
}
