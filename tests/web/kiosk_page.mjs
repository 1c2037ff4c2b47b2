// What tests of the kiosk in the browser share: what it says of itself, and a visitor's hands.

import assert from 'node:assert/strict';

/** A WebGL made of software. */
export const webgl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** What the kiosk says of itself (data-kiosk of the page). @param {any} page */
export const statusOf = async (page) => JSON.parse(await page.getAttribute('html', 'data-kiosk') ?? '{}');

/** Waits until the kiosk says so. @param {any} page @param {Record<string, string>} wanted */
export async function until(page, wanted, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const status = await statusOf(page);
    if (Object.entries(wanted).every(([key, value]) => status[key] === value)) return status;
    if (Date.now() > end) assert.fail(`wanted ${JSON.stringify(wanted)}, found ${JSON.stringify({ ...status, targets: status.targets?.length })}`);
    await page.waitForTimeout(50);
  }
}

/** @param {any} page @param {string} id */
export async function tap(page, id) {
  const { targets } = await statusOf(page);
  const found = targets.find((/** @type {any[]} */ target) => target[0] === id);
  assert.ok(found, `no target ${id} among ${targets.map((/** @type {any[]} */ target) => target[0])}`);
  await page.mouse.click(found[1] + found[3] / 2, found[2] + found[4] / 2, { delay: 60 });
}

/** @param {any} page @param {string} text */
export const paste = (page, text) => page.evaluate((/** @type {string} */ given) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', given);
  document.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
}, text);

/** No camera that ever answers. */
export const withoutCamera = () => { navigator.mediaDevices.getUserMedia = () => new Promise(() => {}); };
