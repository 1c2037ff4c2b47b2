// The desk in its worker: what judges there, that the page answers meanwhile, and browsers without such a worker.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { answerOf, openBrowser, openDemo, untilText } from './site.mjs';

/** @type {Awaited<ReturnType<typeof openDemo>>} */
let demo;
/** @type {any} */
let browser;

before(async () => {
  demo = await openDemo();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

/** @param {(page: any) => Promise<unknown>} prepare @param {string} [id] */
async function open(prepare, id = 'C06') {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (/** @type {Error} */ error) => problems.push(error.message));
  await prepare(page);
  await page.goto(`${demo.url}/C?lang=en${demo.fragmentOf(id)}`);
  await page.locator('#foot').waitFor();
  return { page, problems, close: () => context.close() };
}

/** @param {any} page @param {string} text */
async function paste(page, text) {
  await page.click('#again button:nth-of-type(2)');
  await page.fill('#pasted', text);
  await page.click('#scanner button[type="submit"]');
}

/** Notes where modules are started, which only a thread that judges does. @param {any} page */
const watchModules = (page) => page.addInitScript(() => {
  const seen = /** @type {any} */ (globalThis);
  const start = WebAssembly.instantiate;
  seen.started = 0;
  WebAssembly.instantiate = /** @type {any} */ ((/** @type {any[]} */ ...values) => {
    seen.started += 1;
    return /** @type {any} */ (start)(...values);
  });
});
const startedIn = (/** @type {any} */ page) => page.evaluate(() => /** @type {any} */ (globalThis).started);

test('worker: the first answer, what stands behind it and the next one are judged there, and never in the page', async () => {
  const { page, problems, close } = await open(watchModules);
  assert.equal((await answerOf(page)).code, 'notice.recalled');
  assert.deepEqual(page.workers().map((/** @type {any} */ worker) => new URL(worker.url()).pathname), ['/desk.mjs']);
  await paste(page, demo.textOf('C04'));
  await untilText(page, '.verdict .code', 'genuine.signature_fits');
  await page.locator('[data-section="code"]').waitFor({ state: 'attached' });
  assert.equal(await startedIn(page), 0);
  assert.deepEqual(problems, []);
  await close();
});

/** @type {[string, (page: any) => Promise<unknown>][]} */
const withoutWorkers = [
  ['has no workers', (page) => page.addInitScript(() => { Object.defineProperty(globalThis, 'Worker', { value: undefined }); })],
  ['refuses them', (page) => page.addInitScript(() => { Object.defineProperty(globalThis, 'Worker', { value: class { constructor() { throw new DOMException('', 'SecurityError'); } } }); })],
  ['takes a module for an old script', (page) => page.addInitScript(() => {
    const real = Worker;
    Object.defineProperty(globalThis, 'Worker', { value: class extends real { constructor(/** @type {string} */ url) { super(url); } } });
  })],
  ['cannot hand it a compiled module', (page) => page.addInitScript(() => {
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (/** @type {any} */ message) {
      if (message.values?.[0] instanceof WebAssembly.Module) throw new DOMException('', 'DataCloneError');
      return send.call(this, message);
    };
  })],
  ['has a policy against them', (page) => page.route('**/C?*', async (/** @type {any} */ route) => {
    const response = await route.fetch();
    const strict = (/** @type {string} */ text) => text.replaceAll("worker-src 'self'", "worker-src 'none'");
    return route.fulfill({ response, body: strict(await response.text()), headers: { ...response.headers(), 'content-security-policy': strict(response.headers()['content-security-policy']) } });
  })],
];

for (const [name, spoil] of withoutWorkers)
  test(`worker: where the browser ${name}, the page judges itself, and all else is as ever`, async () => {
    const { page, problems, close } = await open(async (opened) => {
      await watchModules(opened);
      await spoil(opened);
    });
    assert.equal((await answerOf(page)).code, 'notice.recalled');
    await paste(page, `${demo.textOf('C04')} ${demo.textOf('X1')}`);
    await untilText(page, '.verdict .code', 'altered.signature');
    await page.click('#language');
    await untilText(page, '#word', '内容被改动');
    assert.equal(await startedIn(page), 2, 'verify.wasm and whole.wasm');
    assert.deepEqual(problems, []);
    await close();
  });

/** In the page: how long it was away from what may be touched. */
function watchLoopHere() {
  const seen = /** @type {any} */ (globalThis);
  let last = performance.now();
  seen.longest = 0;
  setInterval(() => {
    seen.longest = Math.max(seen.longest, performance.now() - last);
    last = performance.now();
  }, 10);
}
const watchLoop = (/** @type {any} */ page) => page.addInitScript(watchLoopHere);
const longestIn = (/** @type {any} */ page) => page.evaluate(() => /** @type {any} */ (globalThis).longest);

// As a dear dossier on a slow phone would be: each answer takes the desk two seconds, wherever it runs.
const busy = 2000;
const slow = `{
  const start = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...values) => {
    const { exports } = await start(...values);
    const pipa_inquiry_view = (...all) => {
      for (const end = performance.now() + ${busy}; performance.now() < end;);
      return exports.pipa_inquiry_view(...all);
    };
    return { exports: { ...exports, pipa_inquiry_view } };
  };
}
`;

test('worker: while the desk is at it, the page answers touches', async (t) => {
  const desk = readFileSync(path.join(demo.folder, 'site/desk.mjs'), 'utf8');
  const { page, close } = await open((opened) => opened.route('**/desk.mjs', (/** @type {any} */ route) => route.fulfill({ body: slow + desk, contentType: 'text/javascript' })));
  await page.evaluate(watchLoopHere);
  await paste(page, demo.textOf('C04'));
  await page.locator('#answer .busy').waitFor();
  const began = Date.now();
  await page.click('#again button:nth-of-type(2)');
  await page.locator('#pasted').waitFor();
  assert.equal(await page.locator('#answer .busy').count(), 1, 'touched and answered before the verdict');
  await untilText(page, '.verdict .code', 'genuine.signature_fits');
  assert.ok(Date.now() - began > busy / 2, 'the desk was slow');
  const longest = await longestIn(page);
  t.diagnostic(`the page was away for at most ${Math.round(longest)} ms`);
  assert.ok(longest < busy / 2, `${longest} ms`);
  await close();
});

// A dossier of thousands of statements, as far as drawing it goes.
const long = `{
  const send = globalThis.postMessage;
  globalThis.postMessage = (message) => {
    const section = message.value?.view?.sections.find(({ id }) => id === 'timeline');
    if (section) section.rows = Array.from({ length: 800 }, () => section.rows).flat();
    send(message);
  };
}
`;

test('worker: while a very long answer is drawn, the page answers touches, and all of it is drawn', async (t) => {
  const desk = readFileSync(path.join(demo.folder, 'site/desk.mjs'), 'utf8');
  const { page, close } = await open(async (opened) => {
    await watchLoop(opened);
    await opened.route('**/desk.mjs', (/** @type {any} */ route) => route.fulfill({ body: long + desk, contentType: 'text/javascript' }));
  });
  const rows = async () => page.locator('[data-section="timeline"] > div').count();
  for (let before = -1, now = await rows(); now !== before; before = now, now = await rows()) await page.waitForTimeout(1000);
  const longest = await longestIn(page);
  t.diagnostic(`${await rows()} rows; the page was away for at most ${Math.round(longest)} ms`);
  assert.ok(await rows() >= 5000);
  assert.ok(longest < 700, `${longest} ms`);
  await close();
});

test('worker: what the reader does not wait for any more is let go of, and the newest question wins', async () => {
  const { page, problems, close } = await open(async () => {});
  const ask = (/** @type {string} */ id) => page.evaluate((/** @type {string} */ hash) => { location.hash = hash; }, demo.fragmentOf(id));
  for (const id of ['C04', 'C05', 'X1', 'C08', 'C03']) await ask(id);
  await untilText(page, '.verdict .code', 'notice.suspended');
  await page.locator('#foot').waitFor();
  await page.waitForTimeout(500);
  assert.equal((await answerOf(page)).code, 'notice.suspended');
  assert.deepEqual(problems, []);
  await close();
});
