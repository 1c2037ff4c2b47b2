// Starts the kiosk in the browser: hands it the trusted list, the records it asks for, pasted text and news of cameras, and
// says aloud what it shows. Decides nothing; the answers are the wasm core's. Options in the address: ?lang=en&dpi=132&idle=60&warning=25,
// and for demonstrations now=2026-11-20T09:30:00%2B08:00.
import { fromHex } from '../bridge/portal.mjs';
import { CoreError } from '../bridge/verify_session.mjs';
import { openTrust } from '../trust.mjs';

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
// The demo judges as of its own day; 0 is the machine's clock.
const beginsAt = Date.parse(options.get('now') ?? '') / 1000 || Number(meta('pipa-demo-now')) || 0;

/** @typedef {{ HEAPU8: Uint8Array, UTF8ToString(at: number): string, hasCamera?: boolean,
 *   _pipa_kiosk_start(chinese: number, pxPerMm: number, beginUnixS: number, idleS: number, warningS: number): number,
 *   _pipa_kiosk_room(size: number): number, _pipa_kiosk_trust(room: number, pack: number, key: number): void,
 *   _pipa_kiosk_bundle(room: number, bundle: number, pin: number, seen: number): number,
 *   _pipa_kiosk_trust_problem(room: number, name: number, code: number): void,
 *   _pipa_kiosk_record(room: number, name: number, file: number, delivery: number): void,
 *   _pipa_kiosk_no_trust(): void, _pipa_kiosk_lessons(room: number, pack: number, key: number): void, _pipa_kiosk_paste(room: number, size: number): void,
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

/** The bytes of a file of the site, or nothing. @param {string} address */
async function load(address) {
  try {
    const response = await fetch(address, { credentials: 'omit' });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

const bytesOf = (/** @type {string} */ text) => new TextEncoder().encode(text);

// The site's update repository in one file, or what this browser verified last (trust.mjs keeps it).
/** @param {Kiosk} kiosk @param {string} pin */
async function loadBundle(kiosk, pin) {
  const session = { openBundle(/** @type {Uint8Array} */ file, /** @type {Uint8Array} */ root, /** @type {Uint8Array} */ seen) {
    const answer = kiosk.UTF8ToString(kiosk._pipa_kiosk_bundle(put(kiosk, file, root, seen), file.length, root.length, seen.length));
    if (answer.startsWith('!')) throw new CoreError({ ok: false, code: answer.slice(1) });
    return { seen: fromHex(answer) };
  } };
  const tell = (/** @type {{key: string, code: string}} */ problem) => {
    if (problem.key === '') return;
    const name = bytesOf(problem.key.replace(/^ui\./, '')), code = bytesOf(problem.code || 'file.unreadable');
    kiosk._pipa_kiosk_trust_problem(put(kiosk, name, code), name.length, code.length);
  };
  const fetched = load('../bundle.cbor').then((file) => file ?? Promise.reject(new Error('no bundle')));
  tell(await openTrust(/** @type {any} */ (session), pin, fromHex(pin), fetched, tell));
}

// A site that was published without a repository has one trust pack, and the office's key in the page.
/** @param {Kiosk} kiosk @param {Uint8Array} key */
async function loadPack(kiosk, key) {
  const trust = await load('../trust.cose');
  if (trust) kiosk._pipa_kiosk_trust(put(kiosk, trust, key), trust.length, key.length);
  else kiosk._pipa_kiosk_no_trust();
}

// The trusted list first, since lessons may be signed by an editor whom only the list knows. Without lessons the kiosk
// has no way to them, and says nothing.
/** @param {Kiosk} kiosk */
async function loadPacks(kiosk) {
  const key = bytesOf(meta('pipa-office-key')), pin = meta('pipa-root');
  const [lessons] = await Promise.all([load('../learn/pack.cose'), pin === '' ? loadPack(kiosk, key) : loadBundle(kiosk, pin)]);
  if (lessons) kiosk._pipa_kiosk_lessons(put(kiosk, lessons, key), lessons.length, key.length);
}

const recordTimeout = 8000, mostOfRecord = 8 << 20; // ms, and bytes: record/lots_file.hpp
const delivered = { whole: 0, missing: 1, tooLarge: 2 }; // app/record_lookup.hpp

/** No more of a body than is accepted; nothing where there is more. @param {Response} response */
async function readWithin(response, /** @type {number} */ most) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > most) {
      reader.cancel().catch(() => undefined);
      return undefined;
    }
  }
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (parts)).arrayBuffer());
}

/** One of the 256 parts of the records, and what became of it. @param {Kiosk} kiosk @param {string} file */
async function fetchRecord(kiosk, file) {
  let content = new Uint8Array(), delivery = delivered.missing;
  try {
    const response = await fetch(`../lots/${file}`, { credentials: 'omit', signal: AbortSignal.timeout(recordTimeout) });
    const whole = response.ok ? await readWithin(response, mostOfRecord) : new Uint8Array();
    delivery = !response.ok ? delivered.missing : whole ? delivered.whole : delivered.tooLarge;
    content = whole ?? content;
  } catch { /* out of reach: the kiosk says so */ }
  const name = bytesOf(file);
  kiosk._pipa_kiosk_record(put(kiosk, name, content), name.length, content.length, delivery);
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
  const spoken = status.notice || status.spoken || '';
  if (byId('status').textContent !== spoken) byId('status').textContent = spoken;
}

async function start() {
  // Emscripten's script: named here rather than imported above, so that the strict type check need not read it.
  const script = './kiosk.mjs';
  const { default: createKiosk } = await import(script);
  const canvas = byId('canvas');
  /** @type {Kiosk} */
  const kiosk = await createKiosk({ canvas, onStatus: showStatus, onRecord: (/** @type {string} */ file) => { fetchRecord(kiosk, file); } });
  listenForPaste(kiosk);
  refuseDrops();
  const cameras = watchCameras(kiosk).catch(() => undefined);
  const problem = kiosk._pipa_kiosk_start(wantsEnglish ? 0 : 1, pixelsPerMillimetre(), beginsAt, number('idle', 60, 5, 3600), number('warning', 25, 20, 600));
  if (problem !== 0) throw new Error(kiosk.UTF8ToString(problem));
  // For whoever sets up a tablet: in its console, pipaKiosk.missingGlyphs('枇杷') names what its fonts lack.
  Object.assign(globalThis, {
    pipaKiosk: { missingGlyphs: (/** @type {string} */ text) => {
      const bytes = new TextEncoder().encode(text);
      return kiosk.UTF8ToString(kiosk._pipa_kiosk_missing_glyphs(put(kiosk, bytes), bytes.length));
    } },
  });
  await Promise.all([loadPacks(kiosk), cameras]);
}

start().catch((problem) => {
  console.error(problem);
  byId('trouble').hidden = false;
});
