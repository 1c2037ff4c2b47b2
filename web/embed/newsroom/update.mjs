#!/usr/bin/env node
// Keeps a checking site's box on a newsroom's own host: its files, and the signed data of the certificates in the newsroom's articles.
//   node update.mjs --portal https://PORTAL/ --out /srv/www/pipa --archive archive.csv --state /var/lib/pipa --root 1.root.json [--pipa pipa] [--now TIME]
// Nothing is taken that the site's repository did not sign (pipa tuf: newsroom.json lists each file's SHA-256), and nothing of a run that did not come
// to its end: --out is a link that changes in one step. Then it says which articles' answers changed: output and exit code are `pipa pin check --json`'s;
// 74 where the site could not be read, 65 where it is not what was signed. Needs Node 18 and pipa.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** @typedef {{path: string, bytes: number, sha256: string}} Listed */

const bad_data = 65, io_error = 74;
class Stop extends Error {
  /** @param {string} message @param {number} code */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

const text = { type: /** @type {const} */ ('string') };
const { values } = parseArgs({ options: { portal: text, out: text, archive: text, state: text, root: text, pipa: { ...text, default: 'pipa' }, now: text } });
const sha256 = (/** @type {Uint8Array} */ content) => createHash('sha256').update(content).digest('hex');

/** @param {string} name */
function given(name) {
  const value = /** @type {Record<string, string | undefined>} */ (values)[name];
  if (!value) throw new Stop(`--${name} is required`, 64);
  return value;
}

/** @param {string[]} words */
function pipa(...words) {
  const { status, stdout, stderr, error } = spawnSync(String(values.pipa), words, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw new Stop(`${values.pipa}: ${error.message}`, io_error);
  return { status, stdout, stderr: stderr.trim() };
}
const asOf = values.now ? ['--now', values.now] : [];

/** What the repository signed: the list of files, and the newest root's pin. @param {string} portal @param {string} state @param {string} root */
function signedList(portal, state, root) {
  const metadata = path.join(state, 'metadata');
  mkdirSync(state, { recursive: true });
  const followed = (/** @type {ReturnType<typeof pipa>} */ ended) => {
    if (ended.status !== 0) throw new Stop(ended.stderr, bad_data);
    return ended.stdout;
  };
  if (!existsSync(path.join(metadata, 'root.json'))) followed(pipa('tuf', '--metadata-dir', metadata, 'init', root));
  const { targets: [{ file }] } = JSON.parse(followed(pipa('tuf', '--metadata-dir', metadata, '--metadata-url', `${portal}tuf/metadata`, '--target-base-url', `${portal}tuf/targets`,
    '--target-dir', path.join(state, 'targets'), '--target-name', 'newsroom.json', ...asOf, 'download', '--json')));
  return { list: JSON.parse(readFileSync(file, 'utf8')), pin: sha256(readFileSync(path.join(metadata, 'root.json'))) };
}

/** @param {string} url @param {RequestInit} [options] @returns {Promise<Response>} */
async function ask(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    throw new Stop(`${url} does not answer`, io_error);
  }
}

/** @param {string} portal @param {Listed} file @param {string} before where the files of the last run are */
async function listedFile(portal, { path: name, bytes, sha256: wanted }, before) {
  if (!/^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(name) || name.split('/').includes('..')) throw new Stop(`newsroom.json lists ${JSON.stringify(name)}`, bad_data);
  const own = path.join(before, name);
  if (existsSync(own) && sha256(readFileSync(own)) === wanted) return readFileSync(own);
  const response = await ask(portal + name);
  if (!response.ok) throw new Stop(`${portal}${name}: status ${response.status}`, io_error);
  const content = Buffer.from(await response.arrayBuffer());
  if (content.length !== bytes || sha256(content) !== wanted) throw new Stop(`${portal}${name} is not the file that was signed`, bad_data);
  return content;
}

class Stage {
  #folder;

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
    rmSync(folder, { recursive: true, force: true });
  }

  /** @param {string} name */
  at(name) {
    return path.join(this.#folder, name);
  }

  /** @param {string} name @param {string | Uint8Array} content */
  write(name, content) {
    mkdirSync(path.dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), content);
  }
}

/** A name for all that is in it. @param {string} folder */
function digestOf(folder) {
  const names = readdirSync(folder, { recursive: true }).map(String).filter((name) => lstatSync(path.join(folder, name)).isFile()).sort();
  return sha256(Buffer.from(names.map((name) => `${name} ${sha256(readFileSync(path.join(folder, name)))}`).join('\n'))).slice(0, 12);
}

/** What the answers about these certificates are made of, as the box itself asks for it. @param {Stage} stage @param {string} portal @param {string} pin @param {string[]} certificates @param {string} before */
async function writeData(stage, portal, pin, certificates, before) {
  const { Device, anchorOf, inquire } = await import(pathToFileURL(path.resolve(stage.at('bridge/inquiry.mjs'))).href);
  const open = () => Device.open(readFileSync(stage.at('whole.wasm')), anchorOf(pin, ''));
  const now = Math.floor((values.now ? Date.parse(values.now) : Date.now()) / 1000);
  const device = await open();
  /** @type {string[]} */
  const lacking = [];
  const save = async (/** @type {string} */ url, /** @type {RequestInit} */ options) => {
    try {
      const response = await fetch(url, options);
      if (!response.ok) {
        if (response.status !== 404 && response.status !== 410) lacking.push(url);
        return response;
      }
      const content = new Uint8Array(await response.arrayBuffer());
      stage.write(url.slice(portal.length), content);
      return new Response(content);
    } catch (problem) {
      lacking.push(url);
      throw problem;
    }
  };
  for (const certificate of ['', ...certificates]) (await inquire(device, certificate, now, portal, { fetch: save })).close();
  if (lacking.length > 0) throw new Stop(`${lacking.join(', ')} did not come`, io_error);
  const { loaded, as_of: newest } = device.status();
  if (!loaded) throw new Stop(`the keys and lists of ${portal} are not what its root signed`, bad_data);
  if (!existsSync(path.join(before, 'bundle.cbor'))) return;
  const old = await open();
  (await inquire(old, '', now, '', { fetch: async () => new Response(readFileSync(path.join(before, 'bundle.cbor'))) })).close();
  if (old.status().as_of > newest) throw new Stop(`the keys and lists of ${portal} are older than those of the last run`, bad_data);
}

/** @param {string} archive @param {string} folder @param {string} pin */
function checkPins(archive, folder, pin) {
  return pipa('pin', 'check', archive, '--trust', path.join(folder, 'bundle.cbor'), '--root-pin', pin, '--json', ...asOf);
}

/** The link changes in one step; what it named before stays until the next run, for readers who are on their way. @param {string} out @param {Stage} stage */
function putInPlace(out, stage) {
  const before = existsSync(out) ? path.resolve(path.dirname(out), readlinkSync(out)) : '';
  const digest = digestOf(stage.at('')), folder = `${out}-${digest}`;
  if (folder === before && digestOf(before) === digest) return rmSync(stage.at(''), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(stage.at(''), folder);
  rmSync(`${out}.link`, { force: true });
  symlinkSync(path.basename(folder), `${out}.link`);
  renameSync(`${out}.link`, out);
  const own = new RegExp(`^${path.basename(out).replace(/[^A-Za-z0-9]/g, '\\$&')}-[0-9a-f]{12}$`);
  for (const name of readdirSync(path.dirname(out)))
    if (own.test(name) && ![folder, before].includes(path.join(path.dirname(out), name))) rmSync(path.join(path.dirname(out), name), { recursive: true });
}

async function run() {
  const portal = new URL('.', `${given('portal').replace(/\/?$/, '/')}`).href;
  const out = path.resolve(given('out')), archive = given('archive');
  if (existsSync(out) && !lstatSync(out).isSymbolicLink()) throw new Stop(`${out} is there and is no link of an earlier run`, io_error);
  const { list, pin } = signedList(portal, given('state'), given('root'));
  const stage = new Stage(`${out}.next`);
  for (const file of list.files) stage.write(file.path, await listedFile(portal, file, out));
  for (const [name, page] of Object.entries(list.pages)) stage.write(name, String(page).replaceAll(/@PIPA_[A-Z_]+@/g, ''));
  stage.write('anchor.json', `${JSON.stringify({ root: pin, site: portal })}\n`);
  stage.write('root.pin', `${pin}\n`);
  const response = await ask(`${portal}bundle.cbor`);
  if (!response.ok) throw new Stop(`${portal}bundle.cbor: status ${response.status}`, io_error);
  stage.write('bundle.cbor', new Uint8Array(await response.arrayBuffer()));
  const asked = checkPins(archive, stage.at(''), pin);
  if (asked.status === null || asked.status > 2) throw new Stop(asked.stderr, asked.status ?? io_error);
  const certificates = [...new Set(JSON.parse(asked.stdout).results.map((/** @type {{certificate: string}} */ one) => one.certificate))];
  await writeData(stage, portal, pin, certificates, out);
  putInPlace(out, stage);
  const said = checkPins(archive, out, pin);
  process.stdout.write(said.stdout);
  process.exitCode = said.status ?? io_error;
}

run().catch((problem) => {
  console.error(`newsroom: ${problem.message}`);
  process.exitCode = problem instanceof Stop ? problem.code : io_error;
});
