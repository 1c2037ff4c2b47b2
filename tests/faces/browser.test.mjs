// The same rule in a browser, on a sample: the phone page, the embed and the kiosk show what the core says for the same files, whatever
// becomes of one of them.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { openBrowser, openDemo, pipa } from '../web/site.mjs';
import { filesOf, spoilings } from './spoil.mjs';

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;
before(async () => { [demo, browser] = await Promise.all([openDemo(), openBrowser()]); });
after(async () => { await Promise.all([browser?.close(), demo?.close()]); });

const sample = ['C06', 'C10'];
const kinds = ['missing', 'cut', 'older'];

/** Serves some of the site's files otherwise. @param {any} context @param {Map<string, Buffer>} whole @param {Map<string, Buffer>} files */
async function spoilFor(context, whole, files) {
  for (const [name, content] of whole) {
    const other = files.get(name);
    if (other === content) continue;
    await context.route(`**/${name}`, (/** @type {any} */ route) => route.fulfill(other ? { status: 200, body: other } : { status: 404, body: '' }));
  }
}

/** What the core says. @param {Map<string, Buffer>} files @param {string} text */
function core(files, text) {
  const place = path.join(demo.folder, 'spoilt');
  execFileSync('rm', ['-rf', place]);
  for (const [name, content] of files) {
    execFileSync('mkdir', ['-p', path.dirname(path.join(place, name))]);
    execFileSync('tee', [path.join(place, name)], { input: content, stdio: ['pipe', 'ignore', 'inherit'] });
  }
  const { now } = JSON.parse(readFileSync(path.join(demo.folder, 'certificates.json'), 'utf8'));
  const pin = path.join(demo.folder, 'site/root.pin');
  try {
    const out = execFileSync(pipa, ['verify', text, '--trust', path.join(place, 'bundle.cbor'), '--root-pin', pin, '--now', now, '--json', '--lang', 'zh-Hans'], { encoding: 'utf8', stdio: 'pipe' });
    return JSON.parse(out).results[0].view.verdict;
  } catch (problem) {
    const { status, stdout } = /** @type {any} */ (problem);
    return status <= 2 ? JSON.parse(stdout).results[0].view.verdict : { reason_code: 'check.no_trust' };
  }
}

test('faces: page and embed show the core\'s answer, with the site whole and with a file spoilt', async () => {
  const whole = filesOf(path.join(demo.folder, 'site'));
  const older = new Map([...whole, ['bundle.cbor', readFileSync(path.join(demo.folder, 'bundle-old.cbor'))]]);
  const rounds = [['', 'whole'], ...[...whole.keys()].flatMap((name) => kinds.map((kind) => [name, kind]))];
  let compared = 0;
  for (const [name, kind] of rounds) {
    const files = name === '' ? whole : spoilings[kind](whole, name, older);
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block', locale: 'zh-CN' });
    await spoilFor(context, whole, files);
    for (const id of sample) {
      const { reason_code: expected } = core(files, demo.textOf(id));
      const page = await context.newPage();
      await page.goto(`${demo.url}/C?lang=zh-Hans${demo.fragmentOf(id)}`);
      await page.locator('.verdict .code').waitFor({ timeout: 20_000 });
      assert.equal((await page.textContent('.verdict .code')).split(' ').at(-1), expected, `page, ${id}: ${name} ${kind}`);
      await page.goto(`${demo.url}/embed/#lang=zh-Hans&certificate=${encodeURIComponent(demo.textOf(id))}`);
      const code = page.locator('pipa-verify .pv-foot code');
      await code.waitFor({ timeout: 20_000 });
      assert.equal(await code.textContent(), expected, `embed, ${id}: ${name} ${kind}`);
      await page.close();
      compared += 2;
    }
    await context.close();
  }
  assert.ok(compared >= 2 * sample.length * (1 + kinds.length));
});
