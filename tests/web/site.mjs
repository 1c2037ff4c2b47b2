// What the browser tests share: a demo published by the real program, a server for it, and Chromium.
// PIPA_BIN and PIPA_SITE name other builds than build/release/bin/pipa and build/wasm/site.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const project = fileURLToPath(new URL('../../', import.meta.url));
const modules = path.join(project, 'build/deps/npm');
export const pipa = process.env.PIPA_BIN ?? path.join(project, 'build/release/bin/pipa');
export const builtSite = process.env.PIPA_SITE ?? path.join(project, 'build/wasm/site');
// Without these Chromium asks hosts of its own, which a closed network answers with errors.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

/** A published demo on its own port; `close` ends the server and removes the folder. */
export async function openDemo() {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipa-web-'));
  const port = await freePort();
  execFileSync(pipa, ['demo', 'make', '--out', path.join(folder, 'demo'), '--site', builtSite, '--host', `127.0.0.1:${port}`], { stdio: 'pipe' });
  const site = path.join(folder, 'demo/site');
  /** @type {import('node:child_process').ChildProcess} */
  let server;
  const start = async () => {
    server = spawn(process.execPath, [path.join(project, 'tools/serve.mjs'), site, '--port', String(port), '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => { server.stdout?.once('data', resolve); });
  };
  const stop = async () => {
    server.kill('SIGTERM');
    await new Promise((resolve) => { server.once('exit', resolve); });
  };
  await start();
  const { cases } = JSON.parse(readFileSync(path.join(folder, 'demo/certificates.json'), 'utf8'));
  const good = ['--number', 'TEST-1', '--product-code', '1004', '--quantity', '30 kg', '--origin', '330113100', '--issued', '2026-11-12', '--basis', 'quality_control'];
  return {
    folder: path.join(folder, 'demo'),
    url: `http://127.0.0.1:${port}`,
    port,
    /** The fragment of a certificate that P2 signs now; later options win. @param {...string} options */
    issue(...options) {
      const given = new Map();
      for (const list of [good, options]) for (let i = 0; i < list.length; i += 2) given.set(list[i], list[i + 1]);
      const key = path.join(folder, 'demo/keys/P2.key');
      const answer = execFileSync(pipa, ['issue', '--key', key, '--host', `127.0.0.1:${port}`, ...[...given].flat()], { encoding: 'utf8' });
      return `#${/#(\d+)/.exec(answer)?.[1]}`;
    },
    /** @param {string} id */
    textOf: (id) => cases.find((/** @type {{id: string}} */ one) => one.id === id).text,
    /** The digits behind the # of a code, as the fragment of a link. @param {string} id */
    fragmentOf: (id) => `#${cases.find((/** @type {{id: string}} */ one) => one.id === id).text.split('#')[1] ?? ''}`,
    start,
    stop,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An office's store of the demo's certificates, with keys of its own, that publishes in place of the demo's site. @param {Awaited<ReturnType<typeof openDemo>>} demo */
export function openOffice(demo) {
  const at = (/** @type {string} */ name) => path.join(demo.folder, name);
  const { now } = JSON.parse(readFileSync(at('certificates.json'), 'utf8'));
  const run = (/** @type {string[]} */ ...words) => execFileSync(pipa, words, { encoding: 'utf8' });
  const onStore = ['--store', at('office.store')];
  const asOffice = [...onStore, '--now', now, '--key', at('keys/office.key')];
  for (const name of ['root', 'targets', 'online']) run('keys', 'new', '--out', at(`${name}.key`));
  run('store', 'init', ...asOffice);
  run('store', 'add', ...asOffice, '--indices', '4096+1024', at('trust.cose'), at('certificates.csv'));
  run('roles', 'init', ...onStore, '--now', now, '--root-key', at('root.key'), '--targets-key', at('targets.key'), '--online-key', at('online.key'), '--sign-key', at('root.key'));
  renameSync(at('site'), at('site-of-the-demo'));
  return {
    at, now, run, onStore: [...onStore, '--now', now], asOffice,
    /** @param {string} [site] the built site @param {string[]} words */
    publish(site = builtSite, ...words) {
      const keys = ['targets', 'online'].flatMap((name) => ['--sign-key', at(`${name}.key`)]);
      run('publish', ...onStore, '--now', now, ...keys, '--site', site, '--office-key', at('office.pub'), '--demo-now', now, '--out', at('site'), ...words);
    },
  };
}

/** @param {string[]} [more] flags */
export async function openBrowser(more = []) {
  const { chromium } = await import(pathToFileURL(path.join(modules, 'playwright-core/index.mjs')).href);
  return chromium.launch({ executablePath: process.env.PIPA_CHROMIUM ?? '/usr/bin/chromium', args: [...quiet, ...more] });
}

/**
 * Opens a page of the demo on a phone. `done` fails the test if the page had errors, refused requests or violations of
 * its policy (which Chromium reports as console errors).
 * @param {any} browser
 * @param {string} address
 * @param {Record<string, unknown>} [options] of the browser's context
 */
export async function openPage(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const requests = [];
  page.on('console', (/** @type {any} */ message) => { if (['error', 'warning'].includes(message.type())) problems.push(message.text()); });
  page.on('pageerror', (/** @type {Error} */ error) => problems.push(error.message));
  page.on('requestfailed', (/** @type {any} */ request) => problems.push(`failed: ${request.url()}`));
  page.on('request', (/** @type {any} */ request) => requests.push(new URL(request.url()).pathname));
  await page.goto(address, { waitUntil: 'networkidle' });
  return { page, context, requests, problems, done: async () => { assert.deepEqual(problems, []); await context.close(); } };
}

/** What the page answers. @param {any} page */
export const answerOf = async (page) => ({
  level: await page.getAttribute('.verdict', 'data-level'),
  word: await page.textContent('#word'),
  code: (await page.textContent('.verdict .code')).split(' ').at(-1),
});

/**
 * Waits until a text stands somewhere. (Playwright's waitForFunction evaluates strings, which the page's policy forbids.)
 * @param {any} page @param {string} selector @param {RegExp | string} text
 */
export const untilText = (page, selector, text) => page.locator(selector).filter({ hasText: text }).first().waitFor({ state: 'attached', timeout: 20_000 });

/** The modules of a QR code, drawn by the program. @param {string} text @returns {string[]} rows of 0 and 1 */
export function drawCode(text) {
  const answer = execFileSync(pipa, ['conform'], { input: `${JSON.stringify({ op: 'qr.draw', text })}\n`, encoding: 'utf8' });
  return JSON.parse(answer).modules;
}

export const axeSource = () => readFileSync(path.join(modules, 'axe-core/axe.min.js'), 'utf8');
