// From a link to the painted verdict on a throttled phone, cold: several demos turn by turn, so that a busy machine touches all alike.
//   node tests/bench/first_answer.mjs [--json] [--rounds N] [--case C01] [NAME=DEMO ...]
// DEMO is a folder of `pipa demo make --site`; without one, the demo of this tree alone. The profile: 1.6 Mbit/s down, 0.75 up, 150 ms, a fourth
// of the processor; brotli at its best. Prints medians in ms: the word in the page, its next frame, all sections there; and ratios to the first.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { builtSite, openBrowser, pipa, project } from '../web/site.mjs';

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '9' }, case: { type: 'string', default: 'C01' } }, allowPositionals: true });
const folder = mkdtempSync(path.join(tmpdir(), 'pipa-bench-'));
if (positionals.length === 0) {
  execFileSync(pipa, ['demo', 'make', '--out', path.join(folder, 'demo'), '--site', builtSite], { stdio: 'pipe' });
  positionals.push(`this=${path.join(folder, 'demo')}`);
}

/** @param {string} named */
async function serve(named) {
  const [name, demo] = named.split('=');
  const server = spawn(process.execPath, [path.join(project, 'tools/serve.mjs'), path.join(demo, 'site'), '--brotli', '11', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told = JSON.parse(await new Promise((resolve) => { server.stdout.once('data', (/** @type {Buffer} */ line) => resolve(line.toString())); }));
  const { cases } = JSON.parse(readFileSync(path.join(demo, 'certificates.json'), 'utf8'));
  const { text } = cases.find((/** @type {{id: string}} */ one) => one.id === values.case);
  return { name, server, url: `${told.url.replace(/\/$/, '')}/C#${text.split('#')[1]}`, times: /** @type {number[][]} */ ([]) };
}

// In the page: when its word stands there, when the frame with it was made, and when the last section is there.
function watch() {
  /** @type {any} */ (globalThis).pipaTimes = [];
  const times = /** @type {any} */ (globalThis).pipaTimes;
  const look = () => {
    if (!times[0] && document.querySelector('.verdict[data-level] #word')) {
      times[0] = performance.now();
      requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => { times[1] = performance.now(); }; channel.port2.postMessage(0); });
    }
    if (!times[2] && document.querySelector('[data-section=code]')) times[2] = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

/** @param {any} browser @param {Awaited<ReturnType<typeof serve>>} site */
async function load(browser, site) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const control = await context.newCDPSession(page);
  await control.send('Network.enable');
  await control.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 });
  await control.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(site.url);
  await page.locator('[data-section=code]').waitFor({ state: 'attached', timeout: 60_000 });
  await page.waitForTimeout(200);
  site.times.push(await page.evaluate(() => /** @type {any} */ (globalThis).pipaTimes));
  await context.close();
}

const sites = await Promise.all(positionals.map(serve));
const browser = await openBrowser();
for (let round = 0; round < Number(values.rounds) + 1; ++round)
  for (let i = 0; i < sites.length; ++i) await load(browser, sites[(round + i) % sites.length]);
await browser.close();
for (const { server } of sites) server.kill('SIGTERM');
rmSync(folder, { recursive: true, force: true });

const median = (/** @type {number[]} */ list) => list.sort((a, b) => a - b)[list.length >> 1];
const rows = sites.map(({ name, times }) => {
  const [word, painted, all] = [0, 1, 2].map((at) => Math.round(median(times.slice(1).map((one) => one[at])))); // the first round warms the server
  return { name, word, painted, all };
});
for (const row of rows) Object.assign(row, { ratio: Number((row.painted / rows[0].painted).toFixed(2)) });
if (values.json) console.log(JSON.stringify(rows));
else console.table(rows);
