// What a phone loads before it shows a verdict, and that the scripts are what their types say.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';

import { builtSite, pipa, project } from './site.mjs';

const verdict = ['C/index.html', 'page.css', 'page.mjs', 'verify.wasm', 'i18n/zh-Hans.json'];
const record = ['record.wasm', 'i18n/zh-Hans.record.json'];

/** @param {import('node:test').TestContext} t @param {string[]} names */
function brotliSize(t, names) {
  const sizes = names.map((name) => {
    const body = readFileSync(path.join(builtSite, name));
    return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }).length;
  });
  names.forEach((name, i) => t.diagnostic(`${name}: ${sizes[i]}`));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  t.diagnostic(`together: ${total}`);
  return total;
}

test('size: what the verdict needs is at most 90 KB in brotli', (t) => {
  assert.ok(brotliSize(t, verdict) <= 90 * 1024);
});

test('size: what a verdict by the record needs beside it is at most 20 KB in brotli', (t) => {
  assert.ok(brotliSize(t, record) <= 20 * 1024);
});

test('size: a typical dossier is at most 8 KB in brotli', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipa-size-'));
  execFileSync(pipa, ['demo', 'make', '--out', path.join(folder, 'demo')], { stdio: 'pipe' });
  const sizes = readdirSync(path.join(folder, 'demo/dossiers')).map((name) => brotliCompressSync(readFileSync(path.join(folder, 'demo/dossiers', name))).length).sort((a, b) => a - b);
  rmSync(folder, { recursive: true, force: true });
  t.diagnostic(`the 18 of the demo: ${sizes.join(' ')}`);
  assert.equal(sizes.length, 18);
  assert.ok(sizes[sizes.length - 1] <= 8192);
});

// Checked as written, in the folders they are published in, where their imports of each other meet.
test('types: the scripts of the site pass the strict type check', () => {
  const parts = path.join(builtSite, '../web/parts');
  const compiler = path.join(project, 'build/deps/npm/typescript/bin/tsc');
  const flags = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom,dom.iterable'];
  const scripts = ['.', 'bridge', 'learn', 'embed'].map((folder) => path.join(parts, folder)).concat(path.join(builtSite, 'kiosk'))
    .flatMap((folder) => readdirSync(folder)
      .filter((name) => name.endsWith('.mjs') && !['make_package.mjs', 'kiosk.mjs'].includes(name)) // the latter is Emscripten's
      .map((name) => path.join(folder, name)));
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...flags, ...scripts], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});
