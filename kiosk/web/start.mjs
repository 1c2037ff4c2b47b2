// Starts the kiosk in the browser: hands it the files it asks for, pasted text and news of cameras, and says aloud what it shows.
// Decides nothing; the answers are the wasm core's. Options in the address: ?lang=en&dpi=132&idle=60&warning=25, and for a demo
// now=2026-11-20T09:30:00%2B08:00.
import { StateStore } from '../bridge/state_store.mjs';
import { SiteFiles } from './site_files.mjs';

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const options = new URLSearchParams(location.search);

/** @param {string} name @param {number} otherwise @param {number} least @param {number} most */
function number(name, otherwise, least, most) {
  const value = Number(options.get(name) ?? NaN);
  return value >= least && value <= most ? value : otherwise;
}

// A CSS pixel is 1/96 inch only by name: on touch screens it is nearer to 1/132.
function pixelsPerMillimetre() {
  const cssDpi = number('dpi', matchMedia('(pointer: coarse)').matches ? 132 : 96, 20, 600);
  return cssDpi * devicePixelRatio / 25.4;
}

const wantsEnglish = (options.get('lang') ?? '').startsWith('en');
const meta = (/** @type {string} */ name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
// The demo judges as of its own day, which only data that calls itself one heeds; 0 is none.
const demoNow = Date.parse(options.get('now') ?? '') / 1000 || Number(meta('pipa-demo-now')) || 0;

/** @typedef {{ HEAPU8: Uint8Array, UTF8ToString(at: number): string, hasCamera?: boolean,
 *   _pipa_kiosk_start(chinese: number, pxPerMm: number, idleS: number, warningS: number): number,
 *   _pipa_kiosk_room(size: number): number, _pipa_kiosk_open(room: number, anchor: number, state: number, repository: number, demoNow: number): void,
 *   _pipa_kiosk_file(room: number, name: number, size: number, arrival: number): void, _pipa_kiosk_paste(room: number, size: number): void,
 *   _pipa_kiosk_missing_glyphs(room: number, size: number): number, _pipa_kiosk_camera_plugged(into: number): void }} Kiosk */

/** @param {Kiosk} kiosk @param {Uint8Array[]} parts */
function put(kiosk, ...parts) {
  const room = kiosk._pipa_kiosk_room(parts.reduce((sum, part) => sum + part.length, 0));
  let at = room;
  for (const part of parts) {
    kiosk.HEAPU8.set(part, at);
    at += part.length;
  }
  return room;
}

const bytesOf = (/** @type {string} */ text) => new TextEncoder().encode(text);

// What the page was published with; one of the two, and never another in its place.
/** @param {Kiosk} kiosk @param {StateStore} store */
async function openSession(kiosk, store) {
  const pin = meta('pipa-root'), anchor = bytesOf(pin || meta('pipa-office-key'));
  const state = await store.load();
  kiosk._pipa_kiosk_open(put(kiosk, anchor, state), anchor.length, state.length, pin === '' ? 0 : 1, demoNow);
}

// SDL takes every key, so Ctrl+V must get past it for the browser to paste.
/** @param {Kiosk} kiosk */
function listenForPaste(kiosk) {
  window.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v') event.stopImmediatePropagation();
  }, { capture: true });
  document.addEventListener('paste', (event) => {
    const text = new TextEncoder().encode(event.clipboardData?.getData('text/plain') ?? '').subarray(0, 8192);
    if (text.length > 0) kiosk._pipa_kiosk_paste(put(kiosk, text), text.length);
  });
}

// Nothing is opened by being dropped here: neither by SDL nor by the browser, which would leave the page.
function refuseDrops() {
  for (const name of ['dragover', 'drop'])
    window.addEventListener(name, (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, { capture: true });
}

// Which kinds of devices there are the browser tells without asking anybody.
/** @param {Kiosk} kiosk */
async function watchCameras(kiosk) {
  const devices = navigator.mediaDevices;
  if (!devices) {
    kiosk.hasCamera = false;
    return;
  }
  const look = async () => {
    const before = kiosk.hasCamera;
    kiosk.hasCamera = (await devices.enumerateDevices()).some((device) => device.kind === 'videoinput');
    if (before === false && kiosk.hasCamera) kiosk._pipa_kiosk_camera_plugged(1);
  };
  devices.addEventListener('devicechange', look);
  await look();
}

/** @param {string} json */
function showStatus(json) {
  const status = JSON.parse(json);
  document.documentElement.dataset.kiosk = json;  // for tests and for whoever watches over it
  document.documentElement.lang = status.language;
  const spoken = status.spoken || '';
  if (byId('status').textContent !== spoken) byId('status').textContent = spoken;
}

async function start() {
  // Emscripten's script: named here rather than imported above, so that the strict type check need not read it.
  const script = './kiosk.mjs';
  const { default: createKiosk } = await import(script);
  const canvas = byId('canvas');
  const files = new SiteFiles(new URL('../', location.href).href, (name, arrival, content) => {
    const named = bytesOf(name);
    kiosk._pipa_kiosk_file(put(kiosk, named, content), named.length, content.length, arrival);
  });
  const store = new StateStore('pipa-kiosk');
  /** @type {Kiosk} */
  const kiosk = await createKiosk({ canvas, onStatus: showStatus, onFiles: (/** @type {string} */ json) => files.want(JSON.parse(json)),
    onState: (/** @type {Uint8Array} */ state) => store.keep(() => state), onProblem: (/** @type {string} */ sentence) => console.info(sentence) });
  listenForPaste(kiosk);
  refuseDrops();
  const cameras = watchCameras(kiosk).catch(() => undefined);
  const problem = kiosk._pipa_kiosk_start(wantsEnglish ? 0 : 1, pixelsPerMillimetre(), number('idle', 60, 5, 3600), number('warning', 25, 20, 600));
  if (problem !== 0) throw new Error(kiosk.UTF8ToString(problem));
  // For whoever sets up a tablet: in its console, pipaKiosk.missingGlyphs('枇杷') names what its fonts lack.
  Object.assign(globalThis, {
    pipaKiosk: { missingGlyphs: (/** @type {string} */ text) => {
      const bytes = new TextEncoder().encode(text);
      return kiosk.UTF8ToString(kiosk._pipa_kiosk_missing_glyphs(put(kiosk, bytes), bytes.length));
    } },
  });
  await Promise.all([openSession(kiosk, store), cameras]);
}

start().catch((problem) => {
  console.error(problem);
  byId('trouble').hidden = false;
});
