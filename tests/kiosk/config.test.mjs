// --config and --check: one JSON file with a schema, and a clear word about what is wrong in it.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { kiosk, makeDemo, play, project, scratch } from './support.mjs';

const { folder, file } = scratch();
const demo = makeDemo(folder);
const schema = JSON.parse(readFileSync(path.join(project, 'kiosk/kiosk.schema.json'), 'utf8'));
const site = { site: demo.file('site'), root_pin: demo.file('root.pin') };

/** @param {string | object} content */
function config(content) {
  writeFileSync(file('kiosk.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return ['--config', file('kiosk.json')];
}

test('config: the schema lists every option that a hall may set, and no other', () => {
  const here = new Set(['help', 'version', 'config', 'check', 'script', 'screenshot', 'screenshot-dir']);
  const options = [...kiosk(['--help']).out.matchAll(/^ +(?:-\w,)?--([a-z-]+)/gm)].map((match) => match[1]).filter((name) => !here.has(name));
  assert.ok(options.length > 10);
  assert.deepEqual(Object.keys(schema.properties).filter((name) => name !== '$schema').sort(), options.map((name) => name.replaceAll('-', '_')).sort());
});

test('config: every key of the schema is taken, and a value of another type is refused with its name', () => {
  mkdirSync(file('kept'));
  const values = { site: site.site, root_pin: site.root_pin, keep: file('kept'), trust: demo.file('trust.cose'), office_key: demo.file('office.pub'),
    learn: demo.file('learn.cose'), now: demo.now, camera: demo.file('site'), size: '800x1280', dpi: 91.8, fullscreen: false, cursor: true,
    font: demo.file('root.pin'), bold_font: demo.file('root.pin'), lang: 'en', idle: 30, warning: 20 };
  assert.deepEqual(Object.keys(values).sort(), Object.keys(schema.properties).filter((name) => name !== '$schema').sort());
  const needs = /** @type {Record<string, object>} */ ({ root_pin: { site: site.site }, keep: { site: site.site }, trust: { office_key: values.office_key }, office_key: { trust: values.trust }, learn: { site: site.site } });
  for (const [key, value] of Object.entries(values)) {
    const good = kiosk([...config({ $schema: 'kiosk.schema.json', ...needs[key], [key]: value }), '--check']);
    assert.equal(good.code, 0, `${key}: ${good.err}`);
    assert.match(good.out, /in order/);
    for (const wrong of [null, [value], { a: 1 }, typeof value === 'string' ? 7 : 'x']) {
      const bad = kiosk([...config({ ...needs[key], [key]: wrong }), '--check']);
      assert.equal(bad.code, 64, `${key} ${JSON.stringify(wrong)}`);
      assert.match(bad.err, new RegExp(`"${key}" wants`));
    }
  }
});

test('config: what is no configuration is refused, and what is wrong is named', () => {
  const refused = /** @type {[string | object, RegExp][]} */ ([[{ sight: 'x' }, /unknown key "sight"/], ['{"lang": "en", "lang": "zh-Hans"}', /"lang" stands twice/],
    ['{"lang": "en"', /no JSON/], ['', /no JSON/], ['[]', /no JSON object/], ['"x"', /no JSON object/], [{ check: true }, /unknown key "check"/], [{ script: 'x' }, /unknown key "script"/],
    [{ lang: 'fr' }, /--lang/], [{ idle: 1 }, /--idle/], [{ idle: 9.5 }, /--idle/], [{ size: '1x1' }, /--size/], [{ site: '' }, /"site" wants/], [`{"lang": "en"${' '.repeat(70_000)}}`, /longer/]]);
  for (const [content, why] of refused) {
    const ended = kiosk([...config(content), '--check']);
    assert.equal(ended.code, 64, JSON.stringify(content).slice(0, 80));
    assert.match(ended.err, why);
  }
  assert.notEqual(kiosk(['--config', file('nothing.json'), '--check']).code, 0);
});

test('config: the command line outranks the file', () => {
  const words = config({ ...site, now: demo.now, lang: 'en', size: '360x640', dpi: 31 });
  play(file('lang.txt'), words, 'expect language en\nexpect trouble none\n');
  play(file('lang.txt'), [...words, '--lang', 'zh-Hans'], 'expect language zh-Hans\n');
});

test('check: each file that is missing is named, and a pin that is none', () => {
  const nowhere = file('nowhere');
  for (const [content, why] of /** @type {[object, RegExp][]} */ ([[{ site: nowhere, root_pin: site.root_pin }, /--site: .*nowhere is no folder/], [{ ...site, keep: site.root_pin }, /--keep/],
    [{ ...site, learn: nowhere }, /--learn/], [{ ...site, font: nowhere }, /--font/], [{ ...site, bold_font: nowhere }, /--bold-font/], [{ ...site, camera: nowhere }, /--camera/],
    [{ site: site.site, root_pin: nowhere }, /what proves the trust: .*nowhere/], [{ trust: nowhere, office_key: demo.file('office.pub') }, /--trust/],
    [{ site: site.site, root_pin: demo.file('trust.cose') }, /what proves the trust/]])) {
    const ended = kiosk([...config(content), '--check']);
    assert.equal(ended.code, 65, ended.err);
    assert.match(ended.err, why);
    assert.equal(ended.out, '');
  }
});
