#!/usr/bin/env node
// A small static server for the published site, on this machine only: for demos and tests.
//   node tools/serve.mjs FOLDER [--port N] [--host 127.0.0.1] [--brotli 9] [--json]
// It answers as a good web server would: right media types, brotli, ETag, and the security headers of the page.
// --brotli is how hard it compresses; 11 as a site does that compresses its files before it serves them.
// Without a port it takes the one that the demo beside the folder was made for (its codes' links are known there and nowhere else), or a
// free one, as port 0 does. Ends on SIGTERM or SIGINT.

import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8', '.json': 'application/json; charset=utf-8', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm', '.cose': 'application/cose', '.cbor': 'application/cbor', '.png': 'image/png', '.jpg': 'image/jpeg', '.pub': 'text/plain; charset=utf-8',
  '.pdf': 'application/pdf', '.txt': 'text/plain; charset=utf-8',
};
const pagePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; "
  + "media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
// Articles anywhere may frame the embed; what it may load it says itself (web/embed/index.html).
const embedPolicy = 'frame-ancestors *';
const headers = {
  'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Permissions-Policy': 'camera=(self)',
  'Cross-Origin-Resource-Policy': 'cross-origin', 'Cache-Control': 'no-cache',
};
// What embeds of other sites, and frames without an origin, fetch from the portal.
const shared = /^\/(embed|bridge|i18n|records|tuf\/phone|e)\/|^\/((?:verify|whole)\.wasm|story\.css|anchor\.json|trust\.cose|bundle\.cbor|root\.pin|office\.pub|icon\.svg)$/;

/** @type {Map<string, Buffer>} compressed once, by ETag */
const compressed = new Map();

/** The file behind a request path, inside the folder or not at all. @param {string} folder @param {string} requested */
async function fileOf(folder, requested) {
  let file = path.join(folder, path.normalize(requested));
  if ((await stat(file)).isDirectory()) file = path.join(file, 'index.html');
  file = await realpath(file);
  if (!file.startsWith(folder + path.sep)) throw new Error('outside');
  return file;
}

/** Of the first host of this machine that the demo's register knows; 0: none. @param {string} folder */
async function portOfDemo(folder) {
  try {
    const { hosts } = JSON.parse(await readFile(path.join(folder, '../certificates.json'), 'utf8'));
    for (const host of hosts) if (/^(127\.0\.0\.1|localhost):\d+$/.test(host)) return Number(host.split(':')[1]);
  } catch { /* no demo */ }
  return 0;
}

/** @param {string} folder @param {number} quality of brotli */
function handler(folder, quality) {
  return async (/** @type {import('node:http').IncomingMessage} */ request, /** @type {import('node:http').ServerResponse} */ response) => {
    const refuse = (/** @type {number} */ status) => { response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(`${status}\n`); };
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    let requested;
    let file;
    let body;
    try {
      requested = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
      if (requested.includes('\0')) return refuse(400);
      file = await fileOf(folder, requested);
      body = await readFile(file);
    } catch {
      return refuse(404);
    }
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    /** @type {Record<string, string>} */
    const answer = { ...headers, ETag: etag, Vary: 'Accept-Encoding', 'Content-Type': types[/** @type {keyof types} */ (path.extname(file))] ?? 'application/octet-stream' };
    if (file.endsWith('.html')) answer['Content-Security-Policy'] = requested.startsWith('/embed') ? embedPolicy : pagePolicy;
    if (shared.test(requested)) answer['Access-Control-Allow-Origin'] = '*';
    if (request.headers['if-none-match'] === etag) return response.writeHead(304, answer).end();
    if (/\bbr\b/.test(String(request.headers['accept-encoding'] ?? '')) && body.length > 500 && !/\.(png|jpg)$/.test(file)) {
      if (!compressed.has(etag)) compressed.set(etag, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }));
      body = /** @type {Buffer} */ (compressed.get(etag));
      answer['Content-Encoding'] = 'br';
    }
    answer['Content-Length'] = String(body.length);
    response.writeHead(200, answer).end(request.method === 'HEAD' ? undefined : body);
  };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, brotli: { type: 'string', default: '9' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help || positionals.length !== 1) {
  console.log('node tools/serve.mjs FOLDER [--port N] [--host 127.0.0.1] [--brotli 9] [--json]\n\nServes a published site on this machine. Without a port: the demo\'s own, or a free one (as 0).');
  process.exit(values.help ? 0 : 64);
}
const folder = await realpath(positionals[0]).catch(() => '');
if (folder === '') {
  console.error(`serve: file.unreadable: ${positionals[0]}`);
  process.exit(74);
}
const server = createServer(handler(folder, Number(values.brotli)));
server.on('error', (error) => {
  console.error(`serve: ${error.message}`);
  process.exit(74);
});
server.listen(Number(values.port ?? await portOfDemo(folder)), values.host, () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://${values.host}:${port}/`;
  console.log(values.json ? JSON.stringify({ url, port }) : `serving ${positionals[0]} at ${url}`);
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => { server.close(); server.closeAllConnections(); });
