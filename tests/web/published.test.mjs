// The page of a real store's site: what the office withdraws is withdrawn on the next visit.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { answerOf, openBrowser, openDemo, openOffice, openPage, pipa } from './site.mjs';

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;
/** @type {ReturnType<typeof openOffice>} */
let office;

/** @param {string} name */
const at = (name) => office.at(name);
/** @param {...string} words */
const run = (...words) => office.run(...words);
const onStore = () => office.onStore;
const asOffice = () => office.asOffice;
const publish = (/** @type {string[]} */ ...words) => office.publish(undefined, '--log', at('log'), ...words);

before(async () => {
  demo = await openDemo();
  office = openOffice(demo);
  publish();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

const visit = () => openPage(browser, `${demo.url}/C?lang=en${demo.fragmentOf('C04')}`);

test('a published site: genuine, pinned to the root, from the bundle; then withdrawn', async () => {
  const first = await visit();
  assert.deepEqual(await answerOf(first.page), { level: 'ok', word: 'Genuine and unchanged', code: 'genuine.signature_fits' });
  assert.equal(await first.page.getAttribute('meta[name="pipa-root"]', 'content'), readFileSync(at('site/root.pin'), 'utf8').trim());
  assert.ok(first.requests.includes('/bundle.cbor'), first.requests.join(' '));
  assert.match(await first.page.textContent('#answer'), /in the public log since 20 November 2026/);
  await first.done();
  const [, number] = /** @type {RegExpExecArray} */ (/"id": "C04",\s*"number": "([^"]+)"/.exec(readFileSync(at('certificates.json'), 'utf8')));
  run('revoke', ...asOffice(), number);
  publish();
  const second = await visit();
  const { level, code } = await answerOf(second.page);
  assert.deepEqual([level, code], ['stop', 'status.withdrawn']);
  await second.done();
});

test('a long status list: one file more for a certificate whose part is not in the bundle; kept for when there is no network', async () => {
  const issue = (number, ...words) => {
    run('issue', '--key', at('keys/P2.key'), '--host', `127.0.0.1:${demo.port}`, '--number', number, '--product-code', '1004', '--quantity', '30 kg', '--origin', '330113100', '--issued', '2026-11-12',
      '--basis', 'quality_control', '--store', at('office.store'), '--out', at(`${number}.csv`), ...words);
    return `#${/#(\d+)/.exec(readFileSync(at(`${number}.csv`), 'utf8'))?.[1]}`;
  };
  const early = issue('EARLY-1');
  // Ten parts more: the bundle carries the newest, and the one of EARLY-1 is not among them.
  writeFileSync(at('none.csv'), 'number,text\n');
  run('store', 'add', ...asOffice(), '--indices', `${10 * 32768}+1024`, at('none.csv'));
  for (let part = 1; part < 10; ++part) run('store', 'add', ...asOffice(), '--indices', `${part * 32768}+1024`, at('none.csv'));
  publish();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  /** @type {string[]} */
  const requests = [];
  page.on('request', (/** @type {any} */ request) => requests.push(new URL(request.url()).pathname));
  const open = () => page.goto(`${demo.url}/C?lang=en${early}`, { waitUntil: 'networkidle' });
  const supplements = () => requests.filter((name) => name.startsWith('/tuf/'));
  await open();
  assert.deepEqual(await answerOf(page), { level: 'ok', word: 'Genuine and unchanged', code: 'genuine.signature_fits' });
  assert.equal(supplements().length, 1, requests.join(' '));
  assert.match(supplements()[0], /^\/tuf\/phone\/status\/0\.\d+\.\d+\.cbor$/);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  // The same again without a network: what was verified once is kept.
  await demo.stop();
  await page.reload({ waitUntil: 'networkidle' });
  assert.deepEqual(await answerOf(page), { level: 'caution', word: 'Genuine, but look closer', code: 'trust.offline' });
  assert.equal(supplements().length, 1);
  await demo.start();
  // Withdrawn: the file has another name, and is fetched.
  run('revoke', ...asOffice(), 'EARLY-1');
  publish();
  await page.reload({ waitUntil: 'networkidle' });
  assert.deepEqual((await answerOf(page)).code, 'status.withdrawn');
  await context.close();
  // A device that cannot have it does not take the certificate for valid.
  const name = supplements()[1];
  assert.notEqual(name, supplements()[0]);
  const content = readFileSync(at(`site${name}`));
  for (const damaged of [content.subarray(0, 50), Buffer.from('<html>'), null]) {
    rmSync(at(`site${name}`), { force: true });
    if (damaged) writeFileSync(at(`site${name}`), damaged);
    const visitor = await browser.newContext();
    const other = await visitor.newPage();
    await other.goto(`${demo.url}/C?lang=en${early}`, { waitUntil: 'networkidle' });
    assert.equal((await answerOf(other)).code, 'status.not_checked');
    await visitor.close();
  }
});

test('a town with a store of its own: its certificate is judged by its own list and shows its record', async () => {
  const registry = JSON.parse(readFileSync(at('registry.json'), 'utf8'));
  const { public_key: key } = JSON.parse(execFileSync(pipa, ['keys', 'show', at('keys/P2.key'), '--json'], { encoding: 'utf8' }));
  for (const one of registry.keys) if (one.public_key === key) one.store = 'tangqi';
  registry.version += 1;
  writeFileSync(at('registry-2.json'), JSON.stringify(registry));
  run('trust', 'make', '--registry', at('registry-2.json'), '--key', at('keys/office.key'), '--out', at('trust-2.cose'), '--allow-invalid');
  run('store', 'add', ...asOffice(), at('trust-2.cose'));
  const town = ['--store', at('tangqi.store'), '--now', office.now];
  run('keys', 'new', '--out', at('tangqi.key'));
  run('store', 'init', ...town, '--key', at('tangqi.key'), '--name', 'tangqi', '--delegated');
  run('roles', 'init', ...town, '--live-key', at('tangqi.key'));
  run('issue', '--key', at('keys/P2.key'), '--host', `127.0.0.1:${demo.port}`, '--number', 'TOWN-1', '--product-code', '1004', '--quantity', '30 kg', '--origin', '330113100', '--issued', '2026-11-12',
    '--basis', 'quality_control', '--store', at('tangqi.store'), '--out', at('town.csv'));
  const ofTown = `#${/#(\d+)/.exec(readFileSync(at('town.csv'), 'utf8'))?.[1]}`;
  const publishTown = () => run('publish', ...town, '--sign-key', at('tangqi.key'), '--out', at('tangqi'));
  run('roles', 'delegate', ...asOffice(), 'tangqi', at('tangqi.key'));
  publishTown();
  publish('--delegate', `tangqi=${at('tangqi')}`);
  const first = await openPage(browser, `${demo.url}/C?lang=en${ofTown}`);
  assert.deepEqual(await answerOf(first.page), { level: 'ok', word: 'Genuine and unchanged', code: 'genuine.signature_fits' });
  const ofTuf = first.requests.filter((name) => name.startsWith('/tuf/'));
  assert.match(ofTuf.join(' '), /^\/tuf\/phone\/tangqi\/status\/0\.[0-9.]+cbor$/);
  assert.ok(first.requests.some((name) => name.startsWith('/records/tangqi/')), first.requests.join(' '));
  await first.done();
  run('revoke', ...town, '--key', at('tangqi.key'), 'TOWN-1');
  publishTown();
  publish('--delegate', `tangqi=${at('tangqi')}`);
  const second = await openPage(browser, `${demo.url}/C?lang=en${ofTown}`);
  assert.equal((await answerOf(second.page)).code, 'status.withdrawn');
  await second.done();
});
