// The same rule in a browser, on a sample: phone page and embed show what the core says for the same files, whatever becomes of one of
// them, and in time.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { freePort, openBrowser } from '../web/site.mjs';
import { askModule } from './core.mjs';
import { builtSite, makeDemoDistrict, makeOfficeDistrict, project, scratch } from './districts.mjs';
import { openServer, sideBySide, treatments, twice } from './serving.mjs';
import { shown, spoilings } from './spoil.mjs';

/** @typedef {import('./districts.mjs').District & {url: string}} Served */
/** @typedef {import('./districts.mjs').Files} Files */
/** @typedef {{level: string, reasons: string[]}} Seen the embed shows the gravest reason's code alone */

const folder = scratch();
/** @type {any} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

/** @param {(folder: string, options: {built: string, host: string}) => import('./districts.mjs').District} make @returns {Promise<Served>} */
async function serveDistrict(make) {
  const port = await freePort();
  const district = make(folder, { built: builtSite, host: `127.0.0.1:${port}` });
  const server = spawn(process.execPath, [path.join(project, 'tools/serve.mjs'), district.site, '--port', String(port), '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  after(() => server.kill('SIGTERM'));
  await new Promise((resolve) => { server.stdout.once('data', resolve); });
  return { ...district, url: `http://127.0.0.1:${port}` };
}

const answer_ms = 8000; // the waits of all waves together (inquiry/file_limits.hpp)
const machine_ms = 4000; // that starting, drawing and a busy machine may add
const display = { viewport: { width: 390, height: 844 }, serviceWorkers: 'block', locale: 'en-US', permissions: ['camera'] };

/** @type {Record<string, (page: any, district: Served, text: string) => Promise<Seen>>} */
const faces = {
  async page(page, { url }, text) {
    await page.goto(`${url}/C?lang=en#${text.split('#')[1]}`, { waitUntil: 'commit' });
    await page.locator('.verdict .code').waitFor({ timeout: 30_000 });
    const codes = await page.$$eval('.verdict .code, .verdict ~ [data-code], .remarks [data-code]',
      (/** @type {HTMLElement[]} */ nodes) => nodes.map((node) => node.dataset.code ?? node.textContent));
    return { level: await page.getAttribute('.verdict', 'data-level'), reasons: codes.map((/** @type {string} */ code) => code.split(' ').at(-1)) };
  },
  async embed(page, { url }, text) {
    await page.goto(`${url}/embed/#lang=en&certificate=${encodeURIComponent(text)}`, { waitUntil: 'commit' });
    const code = page.locator('pipa-verify .pv-foot code');
    await code.waitFor({ timeout: 30_000 });
    return { level: await page.locator('pipa-verify .pv-card').getAttribute('data-level'), reasons: [await code.textContent()] };
  },
};

/** @param {Seen} seen @param {any} view of the core @param {string} face @param {string} what */
function agrees({ level, reasons }, view, face, what) {
  const wanted = shown(view);
  assert.deepEqual({ level, reasons }, { level: wanted.level, reasons: face === 'embed' ? wanted.reasons.slice(0, 1) : wanted.reasons }, `${face}: ${what}`);
}

/** @param {Served} district @param {string} id */
const textOf = (district, id) => /** @type {{text: string}} */ (district.asked.find((one) => one.id === id)).text;

/** Serves what differs from what is published. @param {any} context @param {Served} district @param {Files} files */
async function spoilFor(context, district, files) {
  for (const [name, content] of district.files) {
    const other = files.get(name);
    if (other !== content) await context.route(`**/${name}`, (/** @type {any} */ route) => route.fulfill(other ? { status: 200, body: other } : { status: 404, body: '' }));
  }
}

const kinds = ['missing', 'cut', 'older', "another district's"];

test('faces: page and embed show the core\'s answer, with the site whole and with a file spoilt', async () => {
  const demo = await serveDistrict(makeDemoDistrict);
  const rounds = [['', 'whole'], ...[...demo.files.keys()].flatMap((name) => kinds.map((kind) => [name, kind]))];
  await sideBySide(2, rounds.flatMap(([name, kind]) => Object.entries(faces).map(([face, look]) => async () => {
    const files = name === '' ? demo.files : spoilings[kind](demo, name);
    const context = await browser.newContext(display);
    await spoilFor(context, demo, files);
    for (const id of ['C06', 'C10'])
      await twice(async () => {
        const page = await context.newPage();
        agrees(await look(page, demo, textOf(demo, id)), (await askModule(demo, files, textOf(demo, id))).view, face, `${id}, ${name} ${kind}`);
        await page.close();
      });
    await context.close();
  })));
});

// Each kind of file, and who is asked about with it.
const asked = /** @type {const} */ ([[/^bundle\.cbor$/, 'GONE-1'], [/^tuf\/phone\/status\//, 'EARLY-GONE-1'], [/^tuf\/phone\/tangqi\//, 'TOWN-GONE-1'], [/^records\/[0-9]/, 'FAILED-1'], [/^records\/large\//, 'LARGE-1']]);

test('faces: page and embed wait for no file that never comes or has no end', async () => {
  const office = await serveDistrict(makeOfficeDistrict);
  const server = await openServer();
  const rows = ['silent', 'dripping'].flatMap((treatment) => asked.flatMap(([files, id]) => Object.keys(faces).map((face) => ({ treatment, files, id, face }))));
  await sideBySide(3, rows.map(({ treatment, files, id, face }) => () => twice(async () => {
    const what = `${id}, ${files} ${treatment}`;
    const context = await browser.newContext(display);
    const site = server.serve(office.files, () => treatments[treatment]);
    for (const name of office.files.keys())
      if (files.test(name)) await context.route(`**/${name}`, (/** @type {any} */ route) => route.continue({ url: `${site.url}/${name}` }));
    const page = await context.newPage();
    const seen = await faces[face](page, office, textOf(office, id));
    const took = Date.now() - site.asked_ms;
    assert.ok(site.asked_ms > 0, `${face}: ${what} was not asked for: ${JSON.stringify(seen)}`);
    assert.ok(took < answer_ms + machine_ms, `${face}: ${what} took ${took} ms`);
    const without = new Map([...office.files].filter(([name]) => !files.test(name)));
    agrees(seen, (await askModule(office, without, textOf(office, id))).view, face, what);
    await context.close();
  })));
});
