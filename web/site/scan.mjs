// Scanning another code: camera, photo, or text. Loaded when first wanted; the reader itself runs in a worker.

import { element } from './dom/nodes.mjs';
import { icon } from './view.mjs';

/** @typedef {(key: string) => string} Words */
/** @typedef {(texts: string[]) => void} Found what one picture, or the reader's own hand, gave */

const frameWidth = 1280; // a QR code of version 16 held at arm's length still has three pixels a module
const maxPhotoPixels = 50_000_000;
const photoWidth = 2400;

/** @type {Worker | null} */
let worker = null;
/** @type {(() => void) | null} */
let stopCamera = null;

/**
 * Reads one picture; resolves to the texts in it.
 * @param {ImageData} image
 * @param {boolean} thorough
 * @returns {Promise<string[]>}
 */
function readCodes(image, thorough) {
  worker ??= new Worker(new URL('./scan_worker.mjs', import.meta.url), { type: 'module' });
  const reader = worker;
  return new Promise((resolve, reject) => {
    reader.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.texts));
    reader.onerror = () => {
      worker = null;
      reject(new Error('worker'));
    };
    reader.postMessage({ pixels: image.data, width: image.width, height: image.height, thorough }, [image.data.buffer]);
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

/** @param {CanvasImageSource} source @param {number} width @param {number} height @param {number} limit */
function pixelsOf(source, width, height, limit) {
  const scale = Math.min(1, limit / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
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
  const video = /** @type {HTMLVideoElement} */ (element('video', { muted: '', playsinline: '', 'aria-label': words('more.scan.viewfinder') }));
  video.muted = true;
  video.srcObject = stream;
  const controls = element('div', { class: 'actions' });
  const stop = element('button', { type: 'button' }, icon('stop'), words('more.scan.stop'));
  controls.append(stop);
  place.replaceChildren(element('p', { class: 'hint' }, words('more.scan.aim')), element('div', { class: 'viewfinder' }, video), controls);
  let running = true;
  stopCamera = () => {
    running = false;
    for (const track of stream.getTracks()) track.stop();
    document.removeEventListener('visibilitychange', onHidden);
    place.replaceChildren();
    stopCamera = null;
  };
  const onHidden = () => { if (document.hidden) stopCamera?.(); };
  document.addEventListener('visibilitychange', onHidden);
  stop.addEventListener('click', () => stopCamera?.());
  const [track] = stream.getVideoTracks();
  track.addEventListener('ended', () => { if (running) { stopCamera?.(); say(place, words('more.scan.unplugged')); } });
  await video.play().catch(() => {});
  addTorchAndZoom(track, controls, words); // after the start: iOS forgets what was set before
  addCameraChoice(track.getSettings().deviceId ?? '', controls, words, (id) => startCamera(place, words, found, id)).catch(() => {});
  while (running) {
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
    if (!running || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) continue;
    let texts;
    try {
      texts = await readCodes(pixelsOf(video, video.videoWidth, video.videoHeight, frameWidth), false);
    } catch {
      stopCamera?.();
      return say(place, words('more.scan.failed'));
    }
    if (running && texts.length > 0) {
      stopCamera?.();
      navigator.vibrate?.(60);
      found(texts);
    }
  }
}

/** @param {HTMLInputElement} input @param {HTMLElement} place @param {Words} words @param {Found} found */
export async function readPhoto(input, place, words, found) {
  const [file] = input.files ?? [];
  if (!file) return;
  stopCamera?.();
  say(place, words('more.scan.reading'));
  try {
    const picture = await createImageBitmap(file);
    if (picture.width * picture.height > maxPhotoPixels) return say(place, words('more.scan.photo_too_large'));
    let texts = await readCodes(pixelsOf(picture, picture.width, picture.height, photoWidth), true);
    if (texts.length === 0) texts = await readCodes(pixelsOf(picture, picture.width, picture.height, frameWidth), true);
    picture.close();
    place.replaceChildren();
    if (texts.length > 0) found(texts);
    else say(place, words('more.scan.no_code'));
  } catch {
    say(place, words('more.scan.bad_photo'));
  } finally {
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
