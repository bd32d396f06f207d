// Puts the story into Streamlit's page: moved from the first page, where it already lives, or fetched and woken.

const kept = { root: null };
let coming = null;

function bring(address) {
  return fetch(address)
    .then((answer) => answer.text())
    .then((text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      const root = document.adoptNode(page.querySelector("[data-story]"));
      root.dataset.base = address;
      wake(page, address);
      return root;
    });
}

function wake(page, address) {
  if (window.TheLineBetween) return;
  const head = document.head;
  for (const link of page.head.querySelectorAll("link[rel=stylesheet]")) {
    const copy = document.createElement("link");
    copy.rel = "stylesheet";
    copy.href = new URL(link.getAttribute("href"), address).href;
    head.append(copy);
  }
  for (const script of page.head.querySelectorAll("script[src]")) {
    const copy = document.createElement("script");
    copy.src = new URL(script.getAttribute("src"), address).href;
    copy.async = false;
    head.append(copy);
  }
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
        setTriggerValue("page", address);
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
    home.append(root);
    focused?.focus({ preventScroll: true }); // an element that moves loses it
    window.TheLineBetween?.mountAll();
    window.TheLineBetween?.moved(root);
    first?.remove();
    document.getElementById("root").inert = false;
  };
  const root = kept.root || first?.querySelector("[data-story]");
  if (root) settle(root);
  else {
    coming ||= bring(new URL(data.address, document.baseURI).href);
    coming.then(settle);
  }
  return () => kept.root?.remove();
}
