// The box on a newsroom's own host: fetched as it was signed, kept up to date, and nobody else is asked by its readers.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { askModule } from '../faces/core.mjs';
import { filesOf } from '../faces/districts.mjs';
import { isMilder, shown } from '../faces/spoil.mjs';
import { builtSite, openDemo, openOffice, pipa, project } from '../web/site.mjs';
import { launch, serve } from './harness.mjs';

/** @type {any} */
let demo, /** @type {ReturnType<typeof openOffice>} */ office, /** @type {any} */ browser, /** @type {any} */ own;
const day = 86_400;
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self'; frame-src 'self'";
const at = (/** @type {string[]} */ ...names) => path.join(demo.folder, 'paper', ...names);
const seconds = () => Date.parse(office.now) / 1000;

before(async () => {
  demo = await openDemo();
  office = openOffice(demo);
  const manifest = spawnSync(process.execPath, [path.join(project, 'web/embed/newsroom/write_manifest.mjs'), builtSite]);
  assert.equal(manifest.status, 0, String(manifest.stderr));
  mkdirSync(at('www'), { recursive: true });
  writeFileSync(at('newsroom.json'), manifest.stdout);
  office.run('store', 'add', ...office.asOffice, '--as', 'newsroom.json', at('newsroom.json'));
  office.publish();
  cpSync(path.join(demo.folder, 'site/tuf/metadata/1.root.json'), at('1.root.json'));
  const row = (/** @type {string} */ id) => `https://paper.example/${id},${demo.textOf(id)},${office.run('pin', 'make', demo.textOf(id), '--trust', office.at('site/bundle.cbor'), '--now', office.now).trim()},2026-11-15`;
  writeFileSync(at('archive.csv'), `article,certificate,pin,published\n${row('C04')}\n${row('C01')}\n`);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  own?.close();
  await demo?.close();
});

/** @param {number} [days] later than the demo's day */
function update(days = 0) {
  const now = new Date((seconds() + days * day) * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const ended = spawnSync(process.execPath, [path.join(project, 'web/embed/newsroom/update.mjs'), '--portal', demo.url, '--out', at('www/pipa'), '--archive', at('archive.csv'), '--state', at('state'), '--root', at('1.root.json'), '--pipa', pipa, '--now', now], { encoding: 'utf8' });
  return { code: ended.status, err: ended.stderr, changed: () => JSON.parse(ended.stdout).results.map((/** @type {any} */ { state }) => state) };
}
const tree = () => readlinkSync(at('www/pipa'));

/** An article on the newsroom's host, under a policy that knows no other. @param {string} body */
async function paper(body) {
  writeFileSync(at('www/paper.html'), `<!doctype html><html lang="en"><title>Paper</title><script type="module" src="/pipa/embed/pipa-verify.mjs"></script><main><h1>Paper</h1>${body}</main>`);
  own ??= await serve(at('www'), { headers: { 'content-security-policy': policy } });
  const page = await browser.newPage();
  const asked = /** @type {string[]} */ ([]);
  page.on('request', (/** @type {any} */ request) => asked.push(request.url()));
  await page.goto(`${own.origin}/paper.html`);
  return { page, asked, close: () => page.close() };
}
const boxOf = (/** @type {string} */ id, later = 0, more = '') => `<pipa-verify certificate="${demo.textOf(id)}" lang="en" demo-now="${seconds() + later * day}" ${more}><p><button type="button">Check</button></p></pipa-verify>`;

test('newsroom: the first run fetches what was signed, and a reader asks nobody but the newsroom', async () => {
  const first = update();
  assert.equal(first.code, 0, first.err);
  assert.deepEqual(first.changed(), ['match', 'match']);
  const { page, asked, close } = await paper(boxOf('C04'));
  await page.locator('.pv-card[data-verdict=genuine]').waitFor();
  assert.match(await page.locator('.pv-fresh').innerText(), /\d/);
  assert.equal(await page.locator('.pv-foot a').getAttribute('href'), `${demo.url}/C/${demo.fragmentOf('C04')}`); // the checking site itself
  assert.deepEqual(asked.filter((url) => !url.startsWith(own.origin)), []);
  assert.ok(asked.some((url) => url.includes('/pipa/records/')), asked.join(' '));
  await close();
});

test('newsroom: where the editor asks for a click, its readers ask for nothing before it', async () => {
  const { page, asked, close } = await paper(boxOf('C04', 0, 'load="click"'));
  await page.waitForTimeout(500);
  assert.deepEqual(asked.map((url) => new URL(url).pathname), ['/paper.html', '/pipa/embed/pipa-verify.mjs']);
  await page.click('pipa-verify button');
  await page.locator('.pv-card[data-verdict=genuine]').waitFor();
  await close();
});

test('newsroom: of certificates that are not in the archive it says nothing milder than the site, unless it says what is missing', async () => {
  const district = (/** @type {string} */ site) => /** @type {any} */ ({ kind: 'repository', anchor: readFileSync(at('www/pipa/root.pin'), 'utf8').trim(), now: office.now, files: filesOf(site) });
  const [whole, copied] = [district(office.at('site')), district(at('www/pipa'))];
  assert.ok(copied.files.size < whole.files.size);
  const { cases } = JSON.parse(readFileSync(office.at('certificates.json'), 'utf8'));
  for (const { id, text } of cases) {
    const [right, said] = await Promise.all([whole, copied].map(async (one) => shown((await askModule(one, one.files, text)).view)));
    if (['C04', 'C01'].includes(id)) assert.deepEqual(said, right, id);
    else assert.ok(!isMilder(right, said), `${id}: ${JSON.stringify(said)}`);
  }
});

test('newsroom: a run that finds nothing new changes nothing', () => {
  const before = tree();
  assert.equal(update().code, 0);
  assert.equal(tree(), before);
});

test('newsroom: a file that is not what was signed is not taken, nor anything of that run', () => {
  const file = path.join(demo.folder, 'site/embed/host.mjs');
  const [good, before] = [readFileSync(file), tree()];
  rmSync(at('www/pipa/embed/host.mjs')); // else it would not be asked for
  rmSync(file);
  writeFileSync(file, `${good}// and more\n`);
  const forged = update();
  assert.equal(forged.code, 65, forged.err);
  assert.match(forged.err, /host\.mjs is not the file that was signed/);
  assert.equal(tree(), before);
  writeFileSync(file, good);
  assert.equal(update().code, 0);
  assert.ok(existsSync(at('www/pipa/embed/host.mjs')));
});

test('newsroom: when the site is down the last files stay, and say how old they are', async () => {
  const before = tree();
  await demo.stop();
  const down = update();
  await demo.start();
  assert.ok([65, 74].includes(Number(down.code)) && tree() === before, down.err);
  const { page, close } = await paper(boxOf('C04', 60));
  const code = page.locator('.pv-foot code');
  await code.waitFor();
  assert.match(await code.innerText(), /^trust\.(stale|age_unknown)$/);
  assert.notEqual(await page.locator('.pv-card').getAttribute('data-level'), 'ok');
  await close();
});

test('newsroom: what is recalled is recalled in the article, and the run names it', async () => {
  office.run('revoke', ...office.asOffice, 'DEMO-330113-261112-C04');
  office.publish();
  const after_ = update();
  assert.equal(after_.code, 1, after_.err);
  assert.deepEqual(after_.changed(), ['other_answer', 'match']);
  const { page, close } = await paper(boxOf('C04'));
  await page.locator('.pv-card[data-verdict=revoked]').waitFor();
  await close();
  assert.ok(readdirSync(at('www')).filter((name) => name.startsWith('pipa-')).length <= 2);
});
