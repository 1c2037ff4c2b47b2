// What the browser tests of the learning pages and the embed share: a demo district, two servers on origins of their
// own, and a browser. The site's server sends what a real one must (web/embed/README.md); the other serves the article.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(join(root, 'build/deps/npm/here.js'));
export const { chromium } = require(join(root, 'build/deps/npm/playwright-core'));
export const axeSource = readFileSync(join(root, 'build/deps/npm/axe-core/axe.min.js'), 'utf8');

export const program = process.env.PIPA ?? join(root, 'build/release/bin/pipa');
const builtSite = process.env.PIPA_SITE ?? join(root, 'build/wasm/site');
const types = { '.html': 'text/html; charset=utf-8', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

/** The demo district with its site, made anew; removed by the caller. */
export function makeDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'pipa-embed-'));
  const demo = join(folder, 'demo');
  const made = spawnSync(program, ['demo', 'make', '--out', demo, '--site', builtSite], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`pipa demo make: ${made.stderr}`);
  const { cases, now } = JSON.parse(readFileSync(join(demo, 'certificates.json'), 'utf8'));
  return { site: join(demo, 'site'), cases, now: String(Date.parse(now) / 1000), nowText: now, find: (id) => cases.find((each) => each.id === id), remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * @param {string} folder
 * @param {{cors?: boolean, replace?: Record<string, string | number>, headers?: Record<string, string>}} [options] `replace`: by path, another body or a status
 */
export async function serve(folder, { cors = true, replace = {}, headers: more = {} } = {}) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const other = replace[path];
    const file = join(folder, path.endsWith('/') ? path + 'index.html' : path);
    const headers = { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...(cors ? { 'access-control-allow-origin': '*' } : {}), ...more };
    if (typeof other === 'number' || !file.startsWith(folder) || !(other ?? existsSync(file))) return void response.writeHead(typeof other === 'number' ? other : 404, headers).end();
    response.writeHead(200, headers).end(other ?? readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

export function launch() {
  const found = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? found, args: ['--no-sandbox'] });
}

/** axe's complaints about a page, as short lines. @param {any} page */
export async function violations(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/**
 * What a test file opens: the demo, its site and a browser, there once the tests run and closed behind them.
 * @returns {{demo: any, site: any, browser: any}}
 */
export function opened() {
  const all = /** @type {any} */ ({});
  before(async () => {
    all.demo = makeDemo();
    all.site = await serve(all.demo.site);
    all.browser = await launch();
  });
  after(async () => {
    await all.browser?.close();
    all.site?.close();
    all.demo?.remove();
  });
  return all;
}

/**
 * A newspaper's page on another origin; `asked` are the paths that it asks of the site.
 * @param {{site: any, browser: any}} all @param {string} body
 * @param {{options?: object, head?: string, headers?: Record<string, string>, prepare?: (page: any) => Promise<void>}} [how] `options`: of the browser's context
 */
export async function openArticle({ site, browser }, body, { options = {}, head = '', headers = {}, prepare = async () => {} } = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  const asked = /** @type {string[]} */ ([]);
  page.on('request', (/** @type {any} */ request) => { if (request.url().startsWith(site.origin)) asked.push(new URL(request.url()).pathname); });
  await prepare(page);
  const host = await serve(root, { replace: { '/paper.html': `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Paper</title>${head}<main><h1>Paper</h1>${body}</main>` }, headers });
  await page.goto(`${host.origin}/paper.html`);
  return { page, asked, close: async () => { await context.close(); host.close(); } };
}

/** @param {Record<string, string>} values */
export const attributesOf = (values) => Object.entries(values).map(([name, value]) => ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`).join('');
/** @param {string} origin */
export const moduleOf = (origin) => `<script type="module" src="${origin}/embed/pipa-verify.mjs"></script>`;
/** @param {string} origin @param {Record<string, string>} values @param {string} [beside] */
export const componentOf = (origin, values, beside = '') => `${moduleOf(origin)}<pipa-verify${attributesOf(values)}>${beside}</pipa-verify>`;
/** @param {string} origin @param {Record<string, string>} values */
export const frameOf = (origin, values) => `<iframe data-pipa-verify title="Certificate check" sandbox="allow-scripts" src="${origin}/embed/#${new URLSearchParams(values)}"></iframe>` +
  `<script type="module" src="${origin}/embed/host.mjs"></script>`;
