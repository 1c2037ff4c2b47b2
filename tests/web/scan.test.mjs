// Scanning another code on the phone page: a photo, the camera (Chromium's fake device shows a printed code), and the
// help when there is no camera to be had.

import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';

import { answerOf, drawCode, openBrowser, openDemo, openPage, untilText } from './site.mjs';

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;

// A film of two equal frames in YUV4MPEG2: codes side by side in black on white, or the other way round, some pixels a module, as labels at arm's length;
// washed out, nothing is left of what lies between the finder patterns.
function filmOf(/** @type {string[]} */ texts, { width = 640, height = 480, scale = 4, isInverted = false, isWashedOut = false } = {}) {
  const [paper, ink] = isInverted ? [16, 235] : [235, 16];
  const grey = Buffer.alloc(width * height, paper);
  texts.forEach((text, index) => {
    const modules = drawCode(text);
    const left = Math.floor((width * (2 * index + 1)) / (2 * texts.length) - (modules.length * scale) / 2);
    const top = Math.floor((height - modules.length * scale) / 2);
    modules.forEach((row, y) => [...row].forEach((module, x) => {
      const isBetween = [x, y].every((place) => place >= 8 && place < modules.length - 8);
      if (module === '0' || (isWashedOut && isBetween)) return;
      for (let dy = 0; dy < scale; ++dy) grey.fill(ink, (top + y * scale + dy) * width + left + x * scale, (top + y * scale + dy) * width + left + (x + 1) * scale);
    }));
  });
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

/** @param {string} film */
const cameraOf = (film) => ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];

before(async () => {
  demo = await openDemo();
  const film = path.join(demo.folder, 'camera.y4m');
  writeFileSync(film, filmOf([demo.textOf('C04')]));
  browser = await openBrowser([...cameraOf(film), '--host-resolver-rules=MAP pipa.test 127.0.0.1']);
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

const open = (/** @type {string} */ where, options = {}) => openPage(browser, demo.url + where, options);

test('scan: the camera reads a printed code, and is off afterwards', async () => {
  const { page, requests, done } = await open(`/C?lang=en${demo.fragmentOf('X1')}`, { permissions: ['camera'] });
  assert.equal((await answerOf(page)).code, 'altered.signature');
  assert.ok(!requests.includes('/scan.wasm'), 'the reader is loaded only when it is wanted');
  await page.click('#again .primary');
  await untilText(page, '.verdict .code', 'genuine.signature_fits');
  assert.equal(await page.locator('video').count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'word');
  assert.match(await page.textContent('#announcer'), /^Genuine and unchanged/);
  assert.ok(requests.includes('/scan.wasm'));
  await done();
});

test('scan: what is shared is what was scanned, not what the page was opened with', async () => {
  const { page, done } = await open(`/C?lang=en${demo.fragmentOf('X1')}`, { permissions: ['camera', 'clipboard-read', 'clipboard-write'] });
  await page.click('#again .primary');
  await untilText(page, '.verdict .code', 'genuine.signature_fits');
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  await page.click('#copy-report');
  await untilText(page, '[role="status"]', 'Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.includes(demo.fragmentOf('C04').slice(1)));
  assert.ok(!copied.includes(demo.fragmentOf('X1').slice(1)));
  await done();
});

test('scan: the camera stops when the reader says so, and when the page is left', async () => {
  const { page, done } = await open('/C?lang=en', { permissions: ['camera'] });
  await page.evaluate(() => {
    const media = navigator.mediaDevices;
    const real = media.getUserMedia.bind(media);
    media.getUserMedia = async (wanted) => /** @type {any} */ (globalThis).stream = await real(wanted);
    HTMLVideoElement.prototype.play = async () => {}; // a picture that never comes: nothing is found
    Object.defineProperty(HTMLVideoElement.prototype, 'readyState', { value: 0 });
  });
  for (const stop of [() => page.click('text=Stop'), () => page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true });
    document.dispatchEvent(new Event('visibilitychange'));
  })]) {
    await page.click('#again .primary');
    await page.waitForSelector('video');
    await stop();
    await page.waitForSelector('video', { state: 'detached' });
    assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).stream.getTracks()[0].readyState), 'ended');
  }
  await done();
});

test('scan: a photo of a printed label is read', async () => {
  const { page, done } = await open('/C?lang=en');
  for (const label of readdirSync(path.join(demo.folder, 'labels')).filter((name) => name.startsWith('C01') && name.endsWith('.png'))) {
    await page.setInputFiles('#photo', path.join(demo.folder, 'labels', label));
    await untilText(page, '[data-row="number"]', 'C01');
  }
  assert.equal((await answerOf(page)).code, 'season.not_plausible_now');
  await done();
});

test('scan: a picture without a code says so', async () => {
  const { page, done } = await open('/C?lang=en');
  const grey = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB+IbT8gAAAABJRU5ErkJggg==', 'base64');
  await page.setInputFiles('#photo', { name: 'grey.png', mimeType: 'image/png', buffer: grey });
  await untilText(page, '#scanner', /code was found|cannot be opened/);
  await page.setInputFiles('#photo', { name: 'not.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await untilText(page, '#scanner', 'cannot be opened');
  await done();
});

test('scan: a camera that is refused, missing or busy gets its own help', async () => {
  for (const [name, help] of [['NotAllowedError', 'was not allowed'], ['NotFoundError', 'No camera was found'], ['NotReadableError', 'Another program'], ['AbortError', 'did not start']]) {
    const { page, done } = await open('/C?lang=en');
    await page.evaluate((/** @type {string} */ error) => {
      navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', error); };
    }, name);
    await page.click('#again .primary');
    await untilText(page, '#scanner', help);
    await done();
  }
});

test('scan: over plain HTTP the page says why there is no camera', async () => {
  const { page, done } = await openPage(browser, `http://pipa.test:${demo.port}/C?lang=en`);
  await page.click('#again .primary');
  await untilText(page, '#scanner', 'secure connection');
  await done();
});

/** A browser whose camera sees these codes. @param {string[]} texts @param {Parameters<typeof filmOf>[1]} [how] */
async function openCamera(texts, how) {
  const film = path.join(demo.folder, `film-${texts.length}.y4m`);
  writeFileSync(film, filmOf(texts, how));
  return openBrowser(cameraOf(film));
}

test('scan: of several codes in view all are judged, the gravest is shown, and each is chosen by a tap on the picture', async () => {
  const other = await openCamera([demo.textOf('C04'), demo.textOf('C06')], { width: 1280, height: 720, scale: 5 });
  const { page, done } = await openPage(other, `${demo.url}/C?lang=en`, { permissions: ['camera'] });
  await page.click('#again .primary');
  await untilText(page, '.verdict .code', 'notice.recalled');
  assert.match(await page.textContent('#others'), /2 codes were found/);
  assert.equal(await page.locator('.several button').count(), 2);
  const box = async (/** @type {number} */ index) => page.locator('.several button').nth(index).boundingBox();
  assert.ok((await box(0)).x > (await box(1)).x, 'C06 stands on the right');
  assert.match(await page.locator('.several button').nth(1).getAttribute('aria-label'), /^Code 2 of the picture: Genuine and unchanged/);
  await page.locator('.several button').nth(1).click();
  await untilText(page, '.verdict .code', 'genuine.signature_fits');
  assert.ok(page.url().endsWith(demo.fragmentOf('C04')));
  // Another scan has another picture, or none.
  await page.click('#again button:nth-of-type(2)');
  await page.fill('#pasted', `${demo.textOf('C05')} ${demo.textOf('C08')}`);
  await page.click('#scanner button[type="submit"]');
  await untilText(page, '.verdict .code', 'label.expired');
  assert.equal(await page.locator('.several').count(), 0);
  await done();
  await other.close();
});

test('scan: a code in white on black is read live too', async () => {
  const other = await openCamera([demo.textOf('C06')], { isInverted: true });
  const { page, done } = await openPage(other, `${demo.url}/C?lang=en`, { permissions: ['camera'] });
  await page.click('#again .primary');
  await untilText(page, '.verdict .code', 'notice.recalled');
  await done();
  await other.close();
});

test('scan: after four seconds without a code the reader is helped, and Escape leads back', async () => {
  const other = await openCamera([]);
  const { page, done } = await openPage(other, `${demo.url}/C?lang=en`, { permissions: ['camera'] });
  await page.click('#again .primary');
  await untilText(page, '.finder .help', 'Hold the code');
  const covers = await page.$eval('.finder', (/** @type {Element} */ node) => node.getBoundingClientRect().toJSON());
  assert.deepEqual([covers.x, covers.y, covers.width, covers.height], [0, 0, 390, 844], 'the whole screen');
  await untilText(page, '.finder .help', 'Nothing read yet');
  await page.keyboard.press('Escape');
  await page.waitForSelector('video', { state: 'detached' });
  await done();
  await other.close();
});

test('scan: a code that is seen and not read says what would help', async () => {
  const other = await openCamera([demo.textOf('C04')], { isWashedOut: true });
  const { page, done } = await openPage(other, `${demo.url}/C?lang=en`, { permissions: ['camera'] });
  await page.click('#again .primary');
  await untilText(page, '.finder .help', 'turn it away from the light');
  assert.equal(await page.locator('.finder').count(), 1, 'it goes on looking');
  await done();
  await other.close();
});

test('scan: torch, zoom and the choice of camera are there where the browser offers them, and work', async () => {
  const { page, done } = await open('/C?lang=en', { permissions: ['camera'] });
  await page.evaluate(() => {
    const seen = /** @type {any} */ (globalThis);
    seen.wanted = [];
    MediaStreamTrack.prototype.getCapabilities = () => /** @type {any} */ ({ torch: true, zoom: { min: 1, max: 8 } });
    MediaStreamTrack.prototype.applyConstraints = async (wanted) => { seen.wanted.push(wanted); };
    navigator.mediaDevices.enumerateDevices = async () => /** @type {any} */ (['front', 'back'].map((label) => ({ kind: 'videoinput', deviceId: label, label })));
    Object.defineProperty(HTMLVideoElement.prototype, 'readyState', { value: 0 });
  });
  await page.click('#again .primary');
  await page.locator('#camera-choice').waitFor();
  await page.click('text=Torch');
  assert.equal(await page.getAttribute('text=Torch', 'aria-pressed'), 'true');
  await page.fill('.finder input[type="range"]', '3');
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).wanted), [{ advanced: [{ torch: true }] }, { advanced: [{ zoom: 3 }] }]);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async (wanted) => { /** @type {any} */ (globalThis).camera = wanted; throw new DOMException('', 'NotReadableError'); };
  });
  await page.selectOption('#camera-choice', 'back');
  await untilText(page, '#scanner', 'Another program');
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).camera.video.deviceId), { exact: 'back' });
  await done();
});

/** A PNG of grey pixels, or of black ones whose alpha is given. @param {number} width @param {number} height @param {(y: number) => Buffer} rowOf @param {number} colours 0 grey, 4 grey and alpha */
function pngOf(width, height, rowOf, colours) {
  const table = Array.from({ length: 256 }, (_, index) => { let sum = index; for (let bit = 0; bit < 8; ++bit) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1; return sum >>> 0; });
  const chunk = (/** @type {string} */ name, /** @type {Buffer} */ body) => {
    const whole = Buffer.concat([Buffer.from(name), body]);
    const sum = whole.reduce((sofar, byte) => (table[(sofar ^ byte) & 255] ^ (sofar >>> 8)) >>> 0, 0xffffffff);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    check.writeUInt32BE((sum ^ 0xffffffff) >>> 0);
    return Buffer.concat([length, whole, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  head[9] = colours;
  const rows = Array.from({ length: height }, (_, y) => Buffer.concat([Buffer.from([0]), rowOf(y)]));
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 1 })), chunk('IEND', Buffer.alloc(0))]);
}

test('scan: a code on nothing is read as on paper, and a small one in a large photo is found', async () => {
  const { page, done } = await open('/C?lang=en');
  const modules = drawCode(demo.textOf('C06'));
  const scale = 4;
  const quiet = 4 * scale;
  const side = modules.length * scale + 2 * quiet;
  const isInk = (/** @type {number} */ x, /** @type {number} */ y) => modules[Math.floor((y - quiet) / scale)]?.[Math.floor((x - quiet) / scale)] === '1';
  const transparent = pngOf(side, side, (y) => Buffer.from(Array.from({ length: side }, (_, x) => [0, isInk(x, y) ? 255 : 0]).flat()), 4);
  await page.setInputFiles('#photo', { name: 'transparent.png', mimeType: 'image/png', buffer: transparent });
  await untilText(page, '.verdict .code', 'notice.recalled');
  const large = 9000;
  const [left, top] = [6000, 5000];
  const row = Buffer.alloc(large, 255);
  const photo = pngOf(large, 7000, (y) => {
    if (y < top || y >= top + side) return row;
    const mine = Buffer.from(row);
    for (let x = 0; x < side; ++x) if (isInk(x, y - top)) mine[left + x] = 0;
    return mine;
  }, 0);
  await page.setInputFiles('#photo', { name: 'large.png', mimeType: 'image/png', buffer: photo });
  await untilText(page, '#scanner, .verdict .code', /Reading|recalled/);
  await page.locator('#scanner .hint').waitFor({ state: 'detached', timeout: 60_000 });
  assert.equal((await answerOf(page)).code, 'notice.recalled');
  await done();
});

test('scan: a scanner that does not arrive says so, and offers another way', async () => {
  const { page, context } = await open('/C?lang=en', { serviceWorkers: 'block' });
  await page.route('**/scan.mjs', (/** @type {any} */ route) => route.abort());
  await page.click('#again .primary');
  await untilText(page, '#scanner', 'The scanner did not arrive');
  assert.equal(await page.locator('#scanner a[href="tel:12315"]').count(), 1);
  await context.close();
});
