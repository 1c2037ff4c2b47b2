// Which files a newsroom needs on its own host, each with its SHA-256: node web/embed/newsroom/write_manifest.mjs SITE > newsroom.json
// SITE is the built site. The office publishes the list as a signed target: pipa store add --as newsroom.json newsroom.json

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const [site] = process.argv.slice(2);
if (!site) throw new Error('usage: write_manifest.mjs SITE');
const wanted = /^(whole\.wasm|embed\/still\.wasm|story\.css|embed\/[a-z_-]+(-\d+\.\d+\.\d+)?\.(mjs|css)|bridge\/(inquiry|site_file|wasm_memory)\.mjs|i18n\/[A-Za-z-]+(\.(more|embed|make))?\.json|pictures\/[a-z0-9_-]+\.svg)$/;
const names = readdirSync(site, { recursive: true }).map((name) => String(name).replaceAll('\\', '/')).filter((name) => wanted.test(name)).sort();
const files = names.map((name) => {
  const content = readFileSync(path.join(site, name));
  return { path: name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
});
// A portal fills this page with what it was published with, so it goes along as it was before.
const pages = { 'embed/index.html': readFileSync(path.join(site, 'embed/index.html'), 'utf8') };
process.stdout.write(`${JSON.stringify({ newsroom: 1, files, pages }, null, 1)}\n`);
