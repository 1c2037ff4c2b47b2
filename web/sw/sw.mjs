// The page without a network: keeps one whole published version of the site's own files and answers from it.
// The list below, each file with its SHA-256, is written when a site is published. A version is kept only when every file of it
// has arrived and is what the list says; until then, and if it fails, the version before stays. A new one takes over when the
// last page of the old one has gone, or when the reader asks for it. Trust data is not kept here: the page keeps what it has verified.

const version = '@PIPA_SITE_VERSION@';
const listed = '@PIPA_SITE_FILES@';
const prefix = 'pipa-site-';
const worker = /** @type {any} */ (globalThis); // the browser's types for a page and for a worker exclude each other

/** Path to SHA-256 in hex. @returns {Record<string, string>} */
const files = () => JSON.parse(listed);

/** @param {ArrayBuffer} body */
async function digest(body) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function keepVersion() {
  const name = prefix + version;
  const cache = await caches.open(name);
  try {
    for (const [path, expected] of Object.entries(files())) {
      const response = await fetch(path, { cache: 'no-cache', credentials: 'omit' });
      const body = await response.clone().arrayBuffer();
      if (!response.ok || await digest(body) !== expected) throw new Error(`${path} is of another version`);
      await cache.put(path, response);
    }
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== prefix + version).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The kept file that answers a request; empty where none does. @param {Request} request */
function keptPath(request) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return '';
  const isPage = request.mode === 'navigate' && (/^\/(C\/?|index\.html)?$/.test(url.pathname) || url.pathname.startsWith('/01/'));
  const path = isPage ? '/C/index.html' : url.pathname;
  return Object.hasOwn(files(), path) ? path : '';
}

/** @param {string} path @param {Request} request */
async function answer(path, request) {
  const cache = await caches.open(prefix + version);
  return await cache.match(path) ?? fetch(request); // evicted by the browser: then the network
}

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(keepVersion()));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(dropOthers()));
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const path = keptPath(event.request);
  if (path !== '') event.respondWith(answer(path, event.request));
});
worker.addEventListener('message', (/** @type {any} */ event) => {
  if (event.data === 'take-over') worker.skipWaiting();
});
