// Keeps the page and its files, so that it opens without a network, and sends what waits when the system says that the
// network is back, with or without an open page.

import { sync } from "./booth_sender.js";

const PAGE = "/booth/";
const FILES = "/booth/files/";
const CACHE = "ieum-booth";
const PATIENCE = 4_000;
const ADDRESSES = { session: "/booth/session/", drafts: "/booth/drafts/" };

self.addEventListener("install", (event) => {
  event.waitUntil(fetchAndKeep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && address.pathname === PAGE) event.respondWith(pageFor(event));
  else if (address.pathname.startsWith(FILES)) event.respondWith(fileFor(request));
});

self.addEventListener("sync", (event) => {
  event.waitUntil(
    sync(ADDRESSES).then(({ state }) => {
      // Refused, so that the system tries again by itself.
      if (state === "offline" || state === "unreachable") throw new Error(state);
    }),
  );
});

// The network's page where it comes in time: it is of the newest make, and sends to sign in who has to. Else the kept.
async function pageFor(event) {
  const fresh = fetch(event.request);
  const kept = await caches.match(PAGE);
  event.waitUntil(fresh.then((answer) => keepPage(answer.clone()), () => {}).catch(() => {}));
  if (!kept) return fresh;
  const tooLate = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const answer = await Promise.race([fresh, tooLate]).catch(() => null);
  return answer && answer.status < 500 ? answer : kept;
}

async function fileFor(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function fetchAndKeep() {
  const answer = await fetch(PAGE, { credentials: "same-origin", cache: "no-store", redirect: "manual" });
  if (!(await keepPage(answer))) throw new Error("not signed in");
}

// First all that the page names, then the page, then what it names no more goes: whenever this is cut off, what is
// kept is whole.
async function keepPage(answer) {
  if (!answer.ok || answer.redirected) return false;
  const text = await answer.clone().text();
  const files = new Set(text.match(/\/booth\/files\/[\w.\/-]+/g) ?? []);
  const cache = await caches.open(CACHE);
  for (const file of files) if (!(await cache.match(file))) await cache.add(file);
  await cache.put(PAGE, answer);
  for (const { url } of await cache.keys()) {
    const path = new URL(url).pathname;
    if (path.startsWith(FILES) && !files.has(path)) await cache.delete(url);
  }
  return true;
}
