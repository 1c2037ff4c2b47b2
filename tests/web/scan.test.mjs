// Scanning another code on the phone page: a photo, the camera (Chromium's fake device shows a printed code), and the
// help when there is no camera to be had.

import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { answerOf, drawCode, openBrowser, openDemo, openPage, untilText } from './site.mjs';

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;

// A film of two equal frames in YUV4MPEG2: the code in black on white, three pixels a module, as a label at arm's length.
function filmOf(/** @type {string} */ text) {
  const [width, height, scale] = [640, 480, 4];
  const modules = drawCode(text);
  const left = Math.floor((width - modules.length * scale) / 2);
  const top = Math.floor((height - modules.length * scale) / 2);
  const grey = Buffer.alloc(width * height, 235);
  modules.forEach((row, y) => [...row].forEach((module, x) => {
    if (module === '0') return;
    for (let dy = 0; dy < scale; ++dy) grey.fill(16, (top + y * scale + dy) * width + left + x * scale, (top + y * scale + dy) * width + left + (x + 1) * scale);
  }));
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

before(async () => {
  demo = await openDemo();
  const film = path.join(demo.folder, 'camera.y4m');
  writeFileSync(film, filmOf(demo.textOf('C04')));
  browser = await openBrowser(['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`, `--host-resolver-rules=MAP pipa.test 127.0.0.1`]);
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
  await page.click('text=Copy a report');
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
