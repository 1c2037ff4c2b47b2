// What the browser tests of the learning pages and the embed share: a demo district, two servers on origins of their
// own, and a browser. The site's server sends what a real one must (web/embed/README.md); the other serves the article.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(join(root, 'build/deps/npm/here.js'));
export const { chromium } = require(join(root, 'build/deps/npm/playwright-core'));
export const axeSource = readFileSync(join(root, 'build/deps/npm/axe-core/axe.min.js'), 'utf8');

const program = process.env.PIPA ?? join(root, 'build/release/bin/pipa');
const builtSite = process.env.PIPA_SITE ?? join(root, 'build/wasm/site');
const types = { '.html': 'text/html; charset=utf-8', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

/** The demo district with its site, made anew; removed by the caller. */
export function makeDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'pipa-embed-'));
  const demo = join(folder, 'demo');
  const made = spawnSync(program, ['demo', 'make', '--out', demo, '--site', builtSite], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`pipa demo make: ${made.stderr}`);
  const { cases, now } = JSON.parse(readFileSync(join(demo, 'certificates.json'), 'utf8'));
  return { site: join(demo, 'site'), now: String(Date.parse(now) / 1000), nowText: now, find: (id) => cases.find((each) => each.id === id), remove: () => rmSync(folder, { recursive: true }) };
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
