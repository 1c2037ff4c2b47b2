// whole.wasm and the native core, given the same messages, say the same: every view, both languages, byte for byte.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from './harness.mjs';

const site = process.env.PIPA_SITE ?? join(root, 'build/wasm/site');
const { Device, inquire } = await import(join(site, 'bridge/inquiry.mjs'));
const folder = mkdtempSync(join(tmpdir(), 'pipa-agree-'));
after(() => rmSync(folder, { recursive: true }));
execFileSync(join(root, 'build/release/bin/pipa_unit_tests'), ['[.reference]'], { env: { ...process.env, PIPA_REFERENCE_FOLDER: folder }, stdio: 'pipe' });
const native = (/** @type {string} */ name) => readFileSync(join(folder, name));

// The module hands out parsed answers; what it parsed is what is compared.
const parse = JSON.parse;
let said = '';
JSON.parse = (text, ...rest) => parse(said = text, ...rest);

const key = Buffer.from(native('office.pub').toString(), 'hex');
const now = Number(native('now').toString());
const device = await Device.open(readFileSync(join(site, 'whole.wasm')), { kind: 'pack', bytes: key });
(await inquire(device, '', now, '', { fetch: async () => new Response(native('trust.cose')) })).close();
const { module, handle: session } = device;
const lesson = module.number('pipa_lesson_new', session);
assert.deepEqual(module.json('pipa_lesson_open', lesson, native('pack.cose'), key), { ok: true });

for (const tag of ['zh-Hans', 'en']) {
  const texts = JSON.parse(readFileSync(join(root, `assets/i18n/${tag}.json`), 'utf8'));
  device.addCatalogue(tag, texts);
  /** @param {string} name @param {string} call @param {...any} values */
  const same = (name, call, ...values) => {
    const view = module.json(call, lesson, ...values);
    const bytes = said;
    test(`agree: ${name} in ${tag}`, () => assert.equal(bytes, native(`${name}.${tag}.json`).toString()));
    return view;
  };
  const home = same('home', 'pipa_lesson_home', tag);
  same('quiz', 'pipa_lesson_quiz', tag);
  for (const topic of home.topics) for (const { id } of topic.articles) same(`article-${id}`, 'pipa_lesson_article', id, tag);
  const cheat = same('cheat', 'pipa_lesson_cheat', now, tag);
  same('cheat-weight', 'pipa_lesson_cheat_try', 'weight', cheat.fields[0].options[0].value, now, tag);
  same('cheat-copy', 'pipa_lesson_cheat_try', 'copy', 0, now, tag);
  same('pick', 'pipa_lesson_pick', now, tag);
}
