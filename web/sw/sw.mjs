// The page without a network: keeps one whole published version of the site's own files and answers from it.
// The list below, each file with its SHA-256, is written when a site is published. A version is kept only when every file of it
// has arrived and is what the list says; until then, and if it fails, the version before stays. A new one takes over when the
// last page of the old one has gone, when the reader asks for it, or at once where the office says that every older page must go. Trust data
// is not kept here: the page keeps what it has verified.

const version = '@PIPA_SITE_VERSION@';
const listed = '@PIPA_SITE_FILES@';
/** When the office said so last; empty: never. @type {string} */
const emergency = '@PIPA_EMERGENCY@';
/** Lessons, and what the start page shows of the district: signed by themselves, the newest where there is a network, else the last that came. */
const newest = ['/learn/pack.cose', '/around.dossier'];
const prefix = 'pipa-site-';
const ownCache = `${prefix}${version}.${emergency}`;
const patience = 2000; // ms until a page counts as broken
const worker = /** @type {any} */ (globalThis); // the browser's types for a page and for a worker exclude each other

/** Path to SHA-256 in hex. @returns {Record<string, string>} */
const files = () => JSON.parse(listed);

/** @param {ArrayBuffer} body */
async function digest(body) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function keepVersion() {
  const cache = await caches.open(ownCache);
  try {
    for (const [path, expected] of Object.entries(files())) {
      const response = await fetch(path, { cache: 'no-cache', credentials: 'omit' });
      const body = await response.clone().arrayBuffer();
      if (!response.ok || await digest(body) !== expected) throw new Error(`${path} is of another version`);
      await cache.put(path, response);
    }
  } catch (error) {
    await caches.delete(ownCache);
    throw error;
  }
}

const otherCaches = async () => (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== ownCache);

/** Whether the version that is kept now has not heard of the emergency. A first visitor has none. */
async function mustTakeOver() {
  const others = await otherCaches();
  return emergency !== '' && others.length > 0 && !others.some((name) => name.endsWith(`.${emergency}`));
}

/** @param {string} path one of `newest` */
async function bringNewest(path) {
  const response = await fetch(path, { cache: 'no-cache', credentials: 'omit' });
  if (response.ok) await (await caches.open(ownCache)).put(path, response.clone());
  return response;
}

async function install() {
  await keepVersion();
  await Promise.all(newest.map((path) => bringNewest(path).catch(() => {}))); // a site need not have any
  if (await mustTakeOver()) await worker.skipWaiting();
}

async function activate() {
  const urgent = await mustTakeOver();
  await Promise.all((await otherCaches()).map((name) => caches.delete(name)));
  await worker.clients.claim();
  if (urgent) renewPages(); // not waited for: what is loaded anew waits for this
}

/** Pages whose scripts work load themselves anew, which keeps what they show; the others are led there. */
async function renewPages() {
  for (const client of await worker.clients.matchAll({ type: 'window' })) {
    const url = new URL(client.url);
    if (!isPage(url)) continue;
    url.searchParams.set('renewed', version); // or else it would be a step within the same page
    answers(client).then((alive) => alive || client.navigate(url.href)).catch(() => {});
  }
}

/** @param {any} client @returns {Promise<boolean>} */
function answers(client) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(true);
    setTimeout(resolve, patience, false);
    client.postMessage('reload', [port2]);
  });
}

/** @param {URL} url */
const isPage = (url) => /^\/(C\/?|index\.html)?$/.test(url.pathname) || url.pathname.startsWith('/01/');

/** The kept file that answers a request; empty where none does. @param {Request} request */
function keptPath(request) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return '';
  const file = url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname;
  const path = request.mode === 'navigate' && isPage(url) ? '/C/index.html' : file;
  return Object.hasOwn(files(), path) ? path : '';
}

/** @param {string} path @param {Request} request */
async function answer(path, request) {
  const cache = await caches.open(ownCache);
  return await cache.match(path) ?? fetch(request); // evicted by the browser: then the network
}

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const path = keptPath(event.request);
  if (path !== '') event.respondWith(answer(path, event.request));
  else if (newest.some((one) => event.request.url === location.origin + one)) {
    const { pathname } = new URL(event.request.url);
    event.respondWith(bringNewest(pathname).catch(() => answer(pathname, event.request)));
  }
});
worker.addEventListener('message', (/** @type {any} */ event) => {
  if (event.data === 'take-over') worker.skipWaiting();
  if (event.data === 'emergency') event.ports[0].postMessage(emergency);
});
