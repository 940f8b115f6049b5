/* For pages that work without a network: keeping rows on the device, asking the house, keeping the page itself. */
"use strict";

const PATIENCE = 15000;

/* A base of the browser's own with these stores; every write is on the disk before it is answered. */
function keepIn(name, stores) {
  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      for (const [store, options] of Object.entries(stores)) asked.result.createObjectStore(store, options);
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  async function kept(store, mode, act) {
    const base = await opened;
    return new Promise((resolve, reject) => {
      const deal = base.transaction(store, mode, { durability: "strict" });
      const asked = act(deal.objectStore(store));
      deal.oncomplete = () => resolve(asked && asked.result);
      deal.onerror = deal.onabort = () => reject(deal.error);
    });
  }
  return {
    kept,
    all: (store, most) => kept(store, "readonly", (rows) => rows.getAll(null, most)),
    get: (store, key) => kept(store, "readonly", (rows) => rows.get(key)),
    put: (store, row) => kept(store, "readwrite", (rows) => rows.put(row)),
    drop: (store, keys) => kept(store, "readwrite", (rows) => { for (const key of keys) rows.delete(key); }),
  };
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/* The house's answer; null when it was not reached. */
async function reach(address, options, patience = PATIENCE) {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), patience);
  try {
    return await fetch(address, { ...options, signal: ended.signal, credentials: "same-origin", cache: "no-store" });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/* Keep this page and what it is made of; `also` are further parts that it may ask for. Ends when all of it lies on the device. */
async function keepPage(worker, scope, also = []) {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(worker, { scope });
  const ready = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((one) => one.name).filter((url) => url.includes("/static/"));
  const { port1: told, port2: teller } = new MessageChannel();
  await new Promise((resolve) => {
    told.onmessage = resolve;
    ready.active.postMessage({ keep: [location.href, ...also, ...parts] }, [teller]);
  });
}
