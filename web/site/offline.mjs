// Registers the service worker, and offers a new version of the site when one is ready; nothing is exchanged under the reader's hands.

import { element } from './view.mjs';

/**
 * @param {HTMLElement} place where the offer is shown
 * @param {(key: string) => string} words
 */
export async function watchVersions(place, words) {
  if (!('serviceWorker' in navigator)) return;
  const wasControlled = navigator.serviceWorker.controller !== null;
  try {
    const registration = await navigator.serviceWorker.register('/sw.mjs', { type: 'module', updateViaCache: 'none' });
    const offer = () => { if (registration.waiting && wasControlled) showOffer(place, words, registration.waiting); };
    offer();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
  } catch { /* the page works without it, with a network */ }
}

/** @param {HTMLElement} place @param {(key: string) => string} words @param {ServiceWorker} ready */
function showOffer(place, words, ready) {
  if (document.getElementById('new-version')) return;
  const button = element('button', { type: 'button' }, words('more.version.load'));
  button.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true }); // the link, and so the verdict, stays
    ready.postMessage('take-over');
  });
  place.prepend(element('p', { id: 'new-version', class: 'card', role: 'status' }, words('more.version.ready'), ' ', button));
}
