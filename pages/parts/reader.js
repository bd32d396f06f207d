// Puts the story into Streamlit's page: moved from the first page, where it already lives, or fetched and woken.

const kept = { root: null };
const NEEDED = "head > style, script[src]";
let coming = null;

// The bare page's story, once its style and scripts have come with it.
async function bring(address) {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const root = document.adoptNode(page.querySelector("[data-story]"));
  root.dataset.base = address;
  if (!window.TheLineBetween) await Promise.all(Array.from(page.querySelectorAll(NEEDED), (one) => take(one, address)));
  return root;
}

// A file that does not come keeps nobody waiting: the text needs none, and what takes the map's place is one of them.
function take(element, address) {
  if (element.localName === "style") return document.head.append(document.adoptNode(element));
  const copy = document.createElement("script");
  copy.async = false;
  copy.src = new URL(element.getAttribute("src"), address).href;
  return new Promise((come) => {
    copy.onload = copy.onerror = come;
    document.head.append(copy);
  });
}

// Without its server Streamlit covers the page with a dialog that has nothing but a button to close it. The story needs
// no server to be read on: where it stands, the button is pressed. Streamlit goes on trying by itself.
function readOn() {
  const buttons = document.querySelectorAll('[data-testid="stDialog"] button:not([aria-label="Dismiss"])');
  if (kept.root?.isConnected && buttons.length === 1) buttons[0].click();
}
new MutationObserver(() => window.setTimeout(readOn)).observe(document.body, { childList: true }); // once the button is alive

// The chapter that the map shows, for the way back from another page.
function chapterOf(root) {
  const state = root.querySelector("[data-map]").dataset.state;
  return state ? JSON.parse(state).chapter : "";
}

// The other pages of the app, at the end of the story's table of contents.
function link(root, pages, setTriggerValue) {
  const list = root.querySelector("[data-pages]");
  list.hidden = !pages.length;
  list.replaceChildren(
    ...pages.map(({ address, title }) => {
      const item = document.createElement("li");
      const anchor = document.createElement("a");
      anchor.href = address;
      anchor.textContent = title;
      anchor.onclick = (event) => {
        event.preventDefault();
        setTriggerValue("page", `${address}#${chapterOf(root)}`);
      };
      item.append(anchor);
      return item;
    }),
  );
}

export default function ({ parentElement, data, setTriggerValue }) {
  const home = parentElement.querySelector(".reader-home");
  const first = document.getElementById("essay-first");
  const settle = (root) => {
    kept.root = root;
    link(root, data.pages, setTriggerValue);
    if (root.parentElement === home) return;
    const focused = root.contains(document.activeElement) ? document.activeElement : null;
    document.getElementById("root").inert = false;
    if (root.classList.contains("is-live")) window.TheLineBetween.move(root, home);
    else home.append(root);
    window.TheLineBetween?.mountAll();
    focused?.focus({ preventScroll: true }); // an element that moves loses it
    first?.remove();
  };
  const root = kept.root || first?.querySelector("[data-story]");
  if (root) settle(root);
  else {
    coming ||= bring(new URL(data.address, document.baseURI).href);
    coming.then(settle).catch(() => (coming = null)); // no server: the next run asks again
  }
  return () => kept.root?.remove();
}
