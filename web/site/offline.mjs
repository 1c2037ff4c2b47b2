// Registers the service worker, and offers a new version of the site when one is ready; nothing is exchanged under the reader's hands, unless the
// office has said in what it signs that every older page must go (tools/pipa/publish/README.md).

import { element } from './dom/nodes.mjs';

/** @typedef {import('./page.mjs').Page} Page */

/** @param {Page} page */
export async function watchVersions(page) {
  document.head.append(element('link', { rel: 'manifest', href: '/manifest.json' })); // may be put on the home screen
  if (!('serviceWorker' in navigator)) return;
  const wasControlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('message', ({ data, ports }) => {
    if (data !== 'reload') return;
    ports[0].postMessage(true);
    location.reload();
  });
  forgetRenewal();
  try {
    const registration = await navigator.serviceWorker.register('/sw.mjs', { type: 'module', updateViaCache: 'none' });
    const offer = () => { if (registration.waiting && wasControlled) showOffer(page, registration.waiting); };
    offer();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
    const before = page.trustChanged;
    page.trustChanged = () => {
      before();
      obey(page, registration);
    };
    page.trustChanged();
  } catch { /* the page works without it, with a network */ }
}

/** What the service worker put into the address to load this page anew. */
function forgetRenewal() {
  const here = new URL(location.href);
  if (!here.searchParams.has('renewed')) return;
  here.searchParams.delete('renewed');
  history.replaceState(history.state, '', here);
}

// The worker that was kept before the emergency is exchanged; the new one does the rest.
/** @param {Page} page @param {ServiceWorkerRegistration} registration */
async function obey(page, registration) {
  const { emergency: wanted } = await page.callDesk('device', 'status');
  const worker = navigator.serviceWorker.controller;
  if (wanted === '' || worker === null) return;
  const channel = new MessageChannel();
  const known = new Promise((resolve) => { channel.port1.onmessage = ({ data }) => resolve(data); });
  worker.postMessage('emergency', [channel.port2]);
  if (await known !== wanted) registration.update().catch(() => {});
}

/** @param {Page} page @param {ServiceWorker} ready */
function showOffer({ byId, words }, ready) {
  if (document.getElementById('new-version')) return;
  const button = element('button', { type: 'button' }, words('more.version.load'));
  button.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true }); // the link, and so the verdict, stays
    ready.postMessage('take-over');
  });
  byId('main').prepend(element('p', { id: 'new-version', class: 'card', role: 'status' }, words('more.version.ready'), ' ', button));
}
