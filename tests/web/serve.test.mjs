// tools/serve.mjs: right types and headers, compressed when asked, nothing from outside its folder.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { project } from './site.mjs';

const program = path.join(project, 'tools/serve.mjs');
/** @type {string} */
let folder;
/** @type {number} */
let port;
/** @type {import('node:child_process').ChildProcess} */
let server;

/**
 * Asks exactly what is given, as fetch would not: it cleans paths up first.
 * @param {string} where @param {Record<string, string>} [headers] @param {string} [method]
 * @returns {Promise<{status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer}>}
 */
const ask = (where, headers = {}, method = 'GET') => new Promise((resolve, reject) => {
  get({ port, path: where, headers, method }, async (response) => {
    const parts = [];
    for await (const part of response) parts.push(part);
    resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
  }).on('error', reject);
});

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'pipa-serve-'));
  const site = path.join(folder, 'site');
  for (const name of ['C', 'embed']) mkdirSync(path.join(site, name), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  symlinkSync(path.join(folder, 'secret.txt'), path.join(site, 'link.txt'));
  for (const [name, content] of [['C/index.html', '<p>page'], ['embed/index.html', '<p>embed'], ['index.html', '<p>start'], ['a.wasm', '\0asm'], ['a.mjs', '// '.repeat(900)], ['trust.cose', 'x']])
    writeFileSync(path.join(site, name), content);
  server = spawn(process.execPath, [program, site, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve) => { server.stdout?.once('data', resolve); });
  ({ port } = JSON.parse(String(line)));
});
after(() => {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('serve: articles anywhere may frame the embed, and nobody the page', async () => {
  assert.match(String((await ask('/C/')).headers['content-security-policy']), /frame-ancestors 'none'$/);
  assert.equal((await ask('/embed/')).headers['content-security-policy'], 'frame-ancestors *');
});

test('serve: the folder of a link is answered without sending the reader elsewhere', async () => {
  for (const where of ['/C', '/C/', '/C?lang=en']) {
    const { status, body, headers } = await ask(where);
    assert.equal(status, 200);
    assert.equal(String(body), '<p>page');
    assert.match(String(headers['content-security-policy']), /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'/);
  }
});

test('serve: media types and security headers', async () => {
  for (const [where, type] of [['/a.wasm', 'application/wasm'], ['/a.mjs', 'text/javascript; charset=utf-8'], ['/trust.cose', 'application/cose'], ['/', 'text/html; charset=utf-8']]) {
    const { headers } = await ask(where);
    assert.equal(headers['content-type'], type);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['permissions-policy'], 'camera=(self)');
  }
});

test('serve: brotli when it is accepted, nothing again for who has it, no body for HEAD', async () => {
  const plain = await ask('/a.mjs');
  const small = await ask('/a.mjs', { 'Accept-Encoding': 'gzip, br' });
  assert.equal(small.headers['content-encoding'], 'br');
  assert.ok(small.body.length < plain.body.length / 10);
  assert.equal((await ask('/a.mjs', { 'If-None-Match': String(plain.headers.etag) })).status, 304);
  const head = await ask('/a.mjs', {}, 'HEAD');
  assert.equal(head.headers['content-length'], String(plain.body.length));
  assert.equal(head.body.length, 0);
});

test('serve: nothing from outside the folder, and no other methods', async () => {
  for (const where of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/C/../../secret.txt', '/link.txt', '/nothing', '/%00', '/%', '//etc/passwd'])
    assert.ok([400, 404].includes((await ask(where)).status), where);
  assert.equal((await ask('/', {}, 'POST')).status, 405);
});

test('serve: without a port a demo is served where its codes are known', async () => {
  const free = await new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: found } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(found));
    });
  });
  writeFileSync(path.join(folder, 'certificates.json'), JSON.stringify({ hosts: ['pipa.linping.example', `127.0.0.1:${free}`] }));
  for (const [given, wanted] of /** @type {[string[], (found: number) => boolean][]} */ ([[[], (found) => found === free], [['--port', '0'], (found) => found !== free]])) {
    const other = spawn(process.execPath, [program, path.join(folder, 'site'), '--json', ...given], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise((resolve) => { other.stdout?.once('data', resolve); });
    assert.ok(wanted(JSON.parse(String(line)).port), String(line));
    other.kill('SIGTERM');
    await new Promise((resolve) => { other.once('exit', resolve); });
  }
});

test('serve: help, wrong use, a folder that is not there, and the end on SIGTERM', async () => {
  const run = (/** @type {string[]} */ ...given) => spawnSync(process.execPath, [program, ...given], { encoding: 'utf8' });
  assert.match(run('--help').stdout, /--port/);
  assert.equal(run('--help').status, 0);
  assert.equal(run().status, 64);
  assert.equal(run('/nowhere/at/all').status, 74);
  server.kill('SIGTERM');
  assert.deepEqual(await new Promise((resolve) => { server.once('exit', (code, signal) => resolve([code, signal])); }), [0, null]);
});
