// Scanning another code: camera, photo, or text. Loaded when first wanted; the reader itself runs in a worker.

import { element } from './dom/nodes.mjs';
import { icon } from './view.mjs';

/** @typedef {(key: string) => string} Words */
/** Corners in pixels of the picture. @typedef {{text: string, corners: [number, number][]}} Code */
/** Where several codes were found, and where they stand in it. @typedef {{image: HTMLCanvasElement, codes: Code[]}} Picture */
/** What one picture, or the reader's own hand, gave. @typedef {(texts: string[], picture?: Picture) => void} Found */

const frameWidth = 1280; // a QR code of version 16 held at arm's length still has three pixels a module
const maxPhotoPixels = 200_000_000;
const photoWidth = 2400;
const overlap = 600; // of two tiles of a photo: a code as wide as a quarter of a tile stands whole in one of them
const patience = 4000; // ms without a code until the reader is helped
const adviceEvery = 1500; // ms, long enough to be read
const moreFrames = 2; // looked at once a code was found, for the others in view
const thoroughEvery = 6; // frames: white on black, and codes that lie askew

/** @type {Worker | null} */
let worker = null;
/** @type {(() => void) | null} */
let stopCamera = null;

/**
 * Puts one picture to the reader.
 * @param {ImageData} image
 * @param {{thorough?: boolean, advice?: boolean}} how
 * @returns {Promise<{codes: Code[], advice: string}>}
 */
function look(image, how) {
  worker ??= new Worker(new URL('./scan_worker.mjs', import.meta.url), { type: 'module' });
  const reader = worker;
  return new Promise((resolve, reject) => {
    reader.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
    reader.onerror = () => {
      worker = null;
      reject(new Error('worker'));
    };
    reader.postMessage({ pixels: image.data, width: image.width, height: image.height, ...how }, [image.data.buffer]);
  });
}

/** @param {HTMLElement} place @param {string} text */
function say(place, text) {
  place.replaceChildren(element('p', { class: 'hint', role: 'status' }, text));
}

/** @param {unknown} error @param {Words} words */
function cameraProblem(error, words) {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return words('more.scan.denied');
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return words('more.scan.no_camera');
  if (name === 'NotReadableError') return words('more.scan.camera_busy');
  return words('more.scan.failed');
}

/**
 * A part of a picture as a canvas, no wider or higher than `limit`. What is transparent is paper: white.
 * @param {CanvasImageSource} source @param {{x?: number, y?: number, width: number, height: number}} part @param {number} limit
 */
function canvasOf(source, { x = 0, y = 0, width, height }, limit) {
  const scale = Math.min(1, limit / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = contextOf(canvas);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas */
const contextOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));

/** @param {HTMLCanvasElement} canvas */
const pixelsOf = (canvas) => contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);

/** @param {HTMLCanvasElement} canvas @param {boolean} thorough */
const codesOf = async (canvas, thorough) => (await look(pixelsOf(canvas), { thorough })).codes;

/** What would help to read it; '' where that cannot be told. @param {HTMLCanvasElement} canvas */
const adviceOn = async (canvas) => (await look(pixelsOf(canvas), { advice: true })).advice;

/** Codes by what they say; of one that is seen twice, where it was last. @param {Code[]} codes @returns {Code[]} */
const eachOnce = (codes) => [...new Map(codes.map((code) => [code.text, code])).values()];

/** @param {Code[]} codes @param {HTMLCanvasElement} image @param {Found} found */
function handOver(codes, image, found) {
  const once = eachOnce(codes);
  found(once.map(({ text }) => text), once.length > 1 ? { image, codes: once } : undefined);
}

/** @param {MediaStreamTrack} track @param {HTMLElement} controls @param {Words} words */
function addTorchAndZoom(track, controls, words) {
  const able = /** @type {any} */ (track.getCapabilities?.() ?? {});
  if (able.torch) {
    const torch = element('button', { type: 'button', 'aria-pressed': 'false' }, words('more.scan.torch'));
    torch.addEventListener('click', () => {
      const on = torch.getAttribute('aria-pressed') !== 'true';
      torch.setAttribute('aria-pressed', String(on));
      track.applyConstraints(/** @type {any} */ ({ advanced: [{ torch: on }] })).catch(() => torch.remove());
    });
    controls.append(torch);
  }
  if (able.zoom && able.zoom.max > able.zoom.min) {
    const zoom = /** @type {HTMLInputElement} */ (element('input', { type: 'range', min: String(able.zoom.min), max: String(Math.min(able.zoom.max, 5)), step: '0.1', value: String(able.zoom.min) }));
    zoom.addEventListener('input', () => { track.applyConstraints(/** @type {any} */ ({ advanced: [{ zoom: Number(zoom.value) }] })).catch(() => {}); });
    controls.append(element('label', {}, words('more.scan.zoom'), zoom));
  }
}

/** @param {string} current @param {HTMLElement} controls @param {Words} words @param {(id: string) => void} choose */
async function addCameraChoice(current, controls, words, choose) {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === 'videoinput');
  if (cameras.length < 2) return;
  const select = /** @type {HTMLSelectElement} */ (element('select', { id: 'camera-choice' }));
  cameras.forEach((camera, index) => {
    const option = element('option', { value: camera.deviceId }, camera.label || `${words('more.scan.camera_number')} ${index + 1}`);
    if (camera.deviceId === current) option.setAttribute('selected', '');
    select.append(option);
  });
  select.addEventListener('change', () => choose(select.value));
  controls.append(element('label', { for: 'camera-choice' }, words('more.scan.which_camera')), select);
}

/** Over the whole screen; what leads out of it leads back to the page. @param {HTMLElement} place @param {MediaStream} stream @param {Words} words */
function openFinder(place, stream, words) {
  const video = /** @type {HTMLVideoElement} */ (element('video', { muted: '', playsinline: '', 'aria-label': words('more.scan.viewfinder') }));
  video.muted = true;
  video.srcObject = stream;
  const help = element('p', { class: 'help', role: 'status' }, words('more.scan.aim'));
  const stop = element('button', { type: 'button' }, icon('stop'), words('more.scan.stop'));
  const controls = element('div', { class: 'controls' }, stop);
  const finder = /** @type {HTMLDialogElement} */ (element('dialog', { class: 'finder', 'aria-label': words('more.scan.viewfinder') }, video, element('div', { class: 'frame' }), help, controls));
  place.replaceChildren(finder);
  finder.showModal();
  return { finder, video, help, controls, stop };
}

/**
 * Frames until codes are found, and then a few more for those that stand beside them. After a while without any, `help` gets what the
 * reader advises, and that again and again.
 * @param {HTMLVideoElement} video @param {() => boolean} isRunning @param {(advice: string) => void} help
 */
async function watch(video, isRunning, help) {
  let helpAt = performance.now() + patience;
  /** @type {Code[]} */
  let codes = [];
  let image = document.createElement('canvas');
  for (let frame = 0, after = 0; isRunning() && after <= moreFrames; ++frame) {
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
    const isSilent = codes.length === 0 && performance.now() > helpAt;
    if (isSilent && video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) help('');
    if (!isRunning() || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) continue;
    const canvas = canvasOf(video, { width: video.videoWidth, height: video.videoHeight }, frameWidth);
    if (isSilent) {
      helpAt = performance.now() + adviceEvery;
      help(await adviceOn(canvas));
      continue;
    }
    const seen = await codesOf(canvas, frame % thoroughEvery === thoroughEvery - 1);
    if (seen.length > 0) image = canvas;
    codes = eachOnce([...codes, ...seen]);
    if (codes.length > 0) ++after;
  }
  return { codes, image };
}

/** @param {HTMLElement} place @param {Words} words @param {Found} found @param {string} [deviceId] */
export async function startCamera(place, words, found, deviceId) {
  stopCamera?.();
  if (!isSecureContext || !navigator.mediaDevices?.getUserMedia) return say(place, words('more.scan.insecure'));
  say(place, words('more.scan.asking'));
  /** @type {MediaStream} */
  let stream;
  try {
    const camera = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: 'environment' } };
    stream = await navigator.mediaDevices.getUserMedia({ video: { ...camera, width: { ideal: 1920 }, height: { ideal: 1080 } } });
  } catch (error) {
    return say(place, cameraProblem(error, words));
  }
  const { finder, video, help, controls, stop } = openFinder(place, stream, words);
  let running = true;
  const onHidden = () => { if (document.hidden) stopCamera?.(); };
  stopCamera = () => {
    running = false;
    for (const track of stream.getTracks()) track.stop();
    document.removeEventListener('visibilitychange', onHidden);
    stopCamera = null;
    place.replaceChildren();
  };
  document.addEventListener('visibilitychange', onHidden);
  stop.addEventListener('click', () => stopCamera?.());
  finder.addEventListener('close', () => { if (running) stopCamera?.(); }); // Escape, and the back button where the browser gives it to dialogs
  const [track] = stream.getVideoTracks();
  track.addEventListener('ended', () => { if (running) { stopCamera?.(); say(place, words('more.scan.unplugged')); } });
  await video.play().catch(() => {});
  addTorchAndZoom(track, controls, words); // after the start: iOS forgets what was set before
  addCameraChoice(track.getSettings().deviceId ?? '', controls, words, (id) => startCamera(place, words, found, id)).catch(() => {});
  try {
    const { codes, image } = await watch(video, () => running, (advice) => {
      const text = words(advice === '' ? 'more.scan.hint' : `more.scan.${advice}`);
      if (help.textContent !== text) help.textContent = text; // or a screen reader would say it again
    });
    if (!running) return;
    stopCamera?.();
    navigator.vibrate?.(60);
    handOver(codes, image, found);
  } catch {
    stopCamera?.();
    say(place, words('more.scan.failed'));
  }
}

/** @param {Blob} file @returns {Promise<HTMLImageElement>} */
async function openPhoto(file) {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  await new Promise((resolve, reject) => {
    picture.onload = resolve;
    picture.onerror = reject;
  });
  return picture;
}

/** The whole of it at two sizes, and then, where a small code may be lost in a large photo, piece by piece. @param {HTMLImageElement} photo */
async function readWhole(photo) {
  const whole = { width: photo.naturalWidth, height: photo.naturalHeight };
  for (const limit of [photoWidth, frameWidth]) {
    const image = canvasOf(photo, whole, limit);
    const codes = await codesOf(image, true);
    if (codes.length > 0) return { codes, image };
  }
  for (let y = 0; y < whole.height; y += photoWidth - overlap)
    for (let x = 0; x < whole.width; x += photoWidth - overlap) {
      const image = canvasOf(photo, { x, y, width: Math.min(photoWidth, whole.width - x), height: Math.min(photoWidth, whole.height - y) }, photoWidth);
      const codes = whole.width > photoWidth || whole.height > photoWidth ? await codesOf(image, true) : [];
      if (codes.length > 0) return { codes, image };
    }
  return null;
}

/** @param {HTMLInputElement} input @param {HTMLElement} place @param {Words} words @param {Found} found */
export async function readPhoto(input, place, words, found) {
  const [file] = input.files ?? [];
  if (!file) return;
  stopCamera?.();
  say(place, words('more.scan.reading'));
  let photo = null;
  try {
    photo = await openPhoto(file);
    if (photo.naturalWidth * photo.naturalHeight > maxPhotoPixels) return say(place, words('more.scan.photo_too_large'));
    const read = await readWhole(photo);
    if (read === null) return say(place, words('more.scan.no_code'));
    place.replaceChildren();
    handOver(read.codes, read.image, found);
  } catch {
    say(place, words('more.scan.bad_photo'));
  } finally {
    if (photo) URL.revokeObjectURL(photo.src);
    input.value = '';
  }
}

/** @param {HTMLElement} place @param {Words} words @param {Found} found */
export function askForText(place, words, found) {
  stopCamera?.();
  const text = /** @type {HTMLTextAreaElement} */ (element('textarea', { id: 'pasted', rows: '4', spellcheck: 'false', autocomplete: 'off' }));
  const check = element('button', { type: 'submit', class: 'primary' }, words('more.scan.check'));
  const form = element('form', {}, element('label', { for: 'pasted' }, words('more.scan.paste')), text, element('div', { class: 'actions' }, check));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const value = text.value.trim();
    if (value === '') return text.focus();
    place.replaceChildren();
    found([value]);
  });
  place.replaceChildren(form);
  text.focus();
}
