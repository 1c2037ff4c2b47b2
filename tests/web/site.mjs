// What the browser tests share: a demo published by the real program, a server for it, and Chromium.
// PIPA_BIN and PIPA_SITE name other builds than build/release/bin/pipa and build/wasm/site.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const project = fileURLToPath(new URL('../../', import.meta.url));
const modules = path.join(project, 'build/deps/npm');
const pipa = process.env.PIPA_BIN ?? path.join(project, 'build/release/bin/pipa');
export const builtSite = process.env.PIPA_SITE ?? path.join(project, 'build/wasm/site');
// Without these Chromium asks hosts of its own, which a closed network answers with errors.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @returns {Promise<number>} */
function freePort() {
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
  const server = spawn(process.execPath, [path.join(project, 'tools/serve.mjs'), site, '--port', String(port), '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => { server.stdout.once('data', resolve); });
  const { cases } = JSON.parse(readFileSync(path.join(folder, 'demo/certificates.json'), 'utf8'));
  return {
    folder: path.join(folder, 'demo'),
    url: `http://127.0.0.1:${port}`,
    /** @param {string} id */
    textOf: (id) => cases.find((/** @type {{id: string}} */ one) => one.id === id).text,
    /** The digits behind the # of a code, as the fragment of a link. @param {string} id */
    fragmentOf: (id) => `#${cases.find((/** @type {{id: string}} */ one) => one.id === id).text.split('#')[1] ?? ''}`,
    async close() {
      server.kill('SIGTERM');
      await new Promise((resolve) => { server.once('exit', resolve); });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string[]} [more] flags */
export async function openBrowser(more = []) {
  const { chromium } = await import(pathToFileURL(path.join(modules, 'playwright-core/index.mjs')).href);
  return chromium.launch({ executablePath: process.env.PIPA_CHROMIUM ?? '/usr/bin/chromium', args: [...quiet, ...more] });
}

export const axeSource = () => readFileSync(path.join(modules, 'axe-core/axe.min.js'), 'utf8');
