// From an article to the painted verdict in its box, beside the phone page's from a link, on a throttled phone, cold, turn by turn.
//   node tests/bench/embed_answer.mjs [--json] [--rounds N] [--case C01]
// The profile is first_answer.mjs's: 1.6 Mbit/s down, 0.75 up, 150 ms, a fourth of the processor; brotli at its best. Prints medians in ms until
// the frame after the word, and ratios to the phone page.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { builtSite, openBrowser, pipa, project } from '../web/site.mjs';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '9' }, case: { type: 'string', default: 'C01' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'pipa-bench-'));
const demo = path.join(folder, 'demo');
execFileSync(pipa, ['demo', 'make', '--out', demo, '--site', builtSite], { stdio: 'pipe' });
const { cases, now } = JSON.parse(readFileSync(path.join(demo, 'certificates.json'), 'utf8'));
const { text } = cases.find((/** @type {{id: string}} */ one) => one.id === values.case);
const article = (/** @type {string} */ body) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Paper</title><main>${body}</main>`;
const component = `<pipa-verify lang="en" demo-now="${Date.parse(now) / 1000}" certificate="${text}"></pipa-verify>`;
writeFileSync(path.join(demo, 'site/embed/component.html'), article(`<script type="module" src="pipa-verify.mjs"></script>${component}`));
writeFileSync(path.join(demo, 'site/embed/frame.html'), article(`<iframe title="x" sandbox="allow-scripts" width="100%" height="600" src="index.html#${new URLSearchParams({ certificate: text, lang: 'en' })}"></iframe>`));

const server = spawn(process.execPath, [path.join(project, 'tools/serve.mjs'), path.join(demo, 'site'), '--brotli', '11', '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
const { url } = JSON.parse(await new Promise((resolve) => { server.stdout.once('data', (/** @type {Buffer} */ line) => resolve(line.toString())); }));

/** @type {Record<string, string>} */
const ways = { 'phone page': `C/?lang=en#${text.split('#')[1]}`, component: 'embed/component.html', frame: 'embed/frame.html' };

// In the page that was opened: the frame after the word stands there, or after the box says that it does.
function watch() {
  if (window !== top) return;
  const found = () => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { /** @type {any} */ (globalThis).pipaTime ??= performance.now(); };
    channel.port2.postMessage(0);
  });
  const eyes = new MutationObserver(() => { if (document.querySelector('.verdict[data-level] #word')) { eyes.disconnect(); found(); } });
  eyes.observe(document, { childList: true, subtree: true });
  addEventListener('pipa-verify', found);
  addEventListener('message', ({ data }) => { if (data?.type === 'pipa-verify:answer') found(); });
}

/** @param {any} browser @param {string} way */
async function load(browser, way) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const control = await context.newCDPSession(page);
  await control.send('Network.enable');
  await control.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 });
  await control.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(url + ways[way]);
  let time; // (waitForFunction evaluates strings, which the page's policy forbids)
  for (let tries = 0; !time && tries < 600; ++tries) {
    await page.waitForTimeout(100);
    time = await page.evaluate(() => /** @type {any} */ (globalThis).pipaTime);
  }
  await context.close();
  return time;
}

const browser = await openBrowser(['--disable-features=IsolateSandboxedIframes']); // a frame in a process of its own would not be throttled
/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
const turns = Object.keys(ways);
for (let round = 0; round < Number(values.rounds) + 1; ++round) // the first warms the server
  for (let i = 0; i < turns.length; ++i) {
    const way = turns[(round + i) % turns.length];
    const time = await load(browser, way);
    if (round > 0) times[way].push(time);
  }
await browser.close();
server.kill('SIGTERM');
rmSync(folder, { recursive: true, force: true });

const median = (/** @type {number[]} */ list) => list.sort((a, b) => a - b)[list.length >> 1];
const rows = turns.map((way) => ({ way, painted: Math.round(median(times[way])), ratio: Number((median(times[way]) / median(times[turns[0]])).toFixed(2)) }));
if (values.json) console.log(JSON.stringify(rows));
else console.table(rows);
