// Keeps an exported story for reading without a network. Before this stands KEPT, put there by the export:
// { story: its id, name: a hash of all that is kept, files: their paths beside this file }.

const HOME = self.registration.scope;
const SHELF = `${KEPT.story} ${HOME} `; // one origin may hold many stories, and one story at many paths
const PATIENCE_MS = 5000; // how long a page may take before the kept one is shown
const HASHED = /\.[0-9a-f]{10}\.[a-z]+$/; // a file that never changes under its name

self.addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || !url.startsWith(HOME)) return;
  const path = pathOf(url);
  if (KEPT.files.includes(path)) event.respondWith(HASHED.test(path) ? keptFirst(event.request, path) : newestFirst(event.request, path));
});

function pathOf(url) {
  const path = url.slice(HOME.length).replace(/[?#].*$/, "");
  return path || "index.html";
}

function open() {
  return caches.open(SHELF + KEPT.name);
}

async function keepAll() {
  const cache = await open();
  await Promise.all(
    KEPT.files.map(async (path) => {
      // The first page by the name that no host leads away from.
      const request = new Request(HOME + (path === "index.html" ? "" : path), { cache: HASHED.test(path) ? "default" : "no-cache" });
      const answer = await fetch(request);
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      await cache.put(HOME + path, await direct(answer));
    }),
  );
}

// An answer as if no host had led to it from elsewhere: a browser refuses others for whole pages.
async function direct(answer) {
  return answer.redirected ? new Response(await answer.blob(), { headers: answer.headers }) : answer;
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(SHELF) && name !== SHELF + KEPT.name).map((name) => caches.delete(name)));
}

async function keptFirst(request, path) {
  return (await (await open()).match(HOME + path)) || fetch(request);
}

async function newestFirst(request, path) {
  const kept = await (await open()).match(HOME + path);
  const coming = fetch(request);
  if (!kept) return coming;
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([coming.then((answer) => (answer.ok || answer.type === "opaqueredirect" ? answer : kept)).catch(() => kept), late]);
}
