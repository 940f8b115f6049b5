/* Keeps a page and what it is made of, so that a reload without a network shows it. What was done on it is kept by the
   page itself. Reaches nothing but what lies beside its own address, and /static/. */
"use strict";

const KEPT = "{{ name }}";
const ANY = { ignoreVary: true }; // one phone, one language; the page itself asks whose it is

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  event.waitUntil(keepAll(event.data.keep).then(() => event.ports[0].postMessage("kept")));
});

async function keepAll(addresses) {
  const kept = await caches.open(KEPT);
  await Promise.all(addresses.map((url) => keep(kept, url)));
}

/* once the session has ended the house sends one elsewhere: that is not the page, and is neither followed nor kept */
async function keep(kept, url) {
  if (url.includes("/static/") && (await kept.match(url, ANY))) return;
  const answer = await fetch(url, { redirect: "manual" }).catch(() => null);
  if (answer && answer.ok) await kept.put(url, answer);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fresh(request));
  else if (path.startsWith("/static/")) event.respondWith(known(request));
});

/* the page as it is now; without a network as it was; where it is no more, nothing stays */
async function fresh(request) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok) await kept.put(request, answer.clone());
    if (answer.status === 404) await kept.delete(request);
    if (answer.status < 500) return answer;
    return (await kept.match(request, ANY)) || answer;
  } catch (error) {
    const before = await kept.match(request, ANY);
    if (before) return before;
    throw error;
  }
}

async function known(request) {
  const kept = await caches.open(KEPT);
  return (await kept.match(request, ANY)) || fetch(request);
}
