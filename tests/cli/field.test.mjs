import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { fieldDistrict, importFile } from './field_support.mjs';
import { codeOf, pipa, pipaOk } from './support.mjs';

const district = fieldDistrict();
const { demo, file, trust } = district;
const celery = demo.cases.get('C06');
const queue = file('queue');
const officer = (words, ...more) => [...words, ...district.key('inspector'), ...trust, '--queue', queue, '--now', district.now, ...more];
const store = ['--store', file('office.db')];
const importing = (name, signer) => pipaOk(['import', importFile(`${name}.json`), importFile(`${name}.csv`), ...store, '--create', 'linping', ...district.key(signer), ...trust, '--now', district.now]);

test('sample: one signed statement about the scanned lot lies in the queue', () => {
  const made = pipaOk(officer(['sample', celery.text, '--sample-number', 'LP-2026-0117'], '--json')).json();
  assert.deepEqual(made.statement.certificates, [celery.number]);
  assert.equal(made.statement.producer, '93330113XXDEM00588');
  assert.equal(made.statement.sample_number, 'LP-2026-0117');
  assert.deepEqual(made.statement.lots, ['LOT-06']);
  assert.deepEqual(readdirSync(queue), [path.basename(made.file)]);
  assert.equal(pipaOk(officer(['sample', celery.text, '--sample-number', 'LP-2026-0117'], '--json')).json().file, made.file, 'the same again is the same');
});

test('patrol: from a picture', () => {
  const labels = readdirSync(demo.file('labels')).filter((name) => /C0\d.*\.png$/i.test(name));
  assert.ok(labels.length > 0);
  const made = pipaOk(officer(['patrol', path.join(demo.file('labels'), labels[0]), '--finding', 'in_order', '--subject', '农药仓库', '--subject-en', 'Pesticide store'], '--json')).json();
  assert.deepEqual(made.statement.subject, { 'zh-Hans': '农药仓库', en: 'Pesticide store' });
  assert.equal(made.statement.visited, '2026-11-20');
});

// A producer's card (主体信息卡) as its code: a signed statement in a QR, as a certificate is.
const conform = (request) => JSON.parse(pipaOk(['conform'], { input: `${JSON.stringify(request)}\n` }).out);
function cardOf(signer, name) {
  writeFileSync(file('card.json'), JSON.stringify({ id: 'CARD-00588', issued: '2026-01-10T09:00:00+08:00', producer: '93330113XXDEM00588', name: { 'zh-Hans': '临平示例蔬菜合作社', en: 'Linping Demo Vegetable Cooperative' },
    kind: 'cooperative', uscc: '93330113XXDEM00588', division: '330113005', area_mu: '120', products: [1003] }));
  pipaOk(['sign', 'card', file('card.json'), ...signer, '--out', file(`${name}.cose`)]);
  const { digits } = conform({ op: 'base10.encode', hex: readFileSync(file(`${name}.cose`)).toString('hex') });
  return `HTTPS://PIPA.LINPING.EXAMPLE/C#${digits}`;
}
function pictureOf(text) {
  const { modules } = conform({ op: 'qr.draw', text });
  const [scale, quiet, size] = [4, 4, modules.length];
  const width = (size + 2 * quiet) * scale;
  const dark = (x, y) => modules[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet] === '1';
  writeFileSync(file('card.pgm'), Buffer.concat([Buffer.from(`P5 ${width} ${width} 255\n`), Buffer.from(Array.from({ length: width * width }, (_, i) => (dark(i % width, Math.floor(i / width)) ? 0 : 255)))]));
  return file('card.pgm');
}

test('card: officers work from it, whether it is text, a file or a picture', () => {
  const text = cardOf(district.key('bureau'), 'card');
  const fromCard = (words) => [...words, ...district.key('inspector'), ...trust, '--queue', file('cards'), '--now', district.now, '--json'];
  const made = [text, file('card.cose'), pictureOf(text)].map((card) => pipaOk(fromCard(['sample', card, '--sample-number', 'LP-2026-0118'])).json());
  assert.equal(made[0].statement.producer, '93330113XXDEM00588');
  assert.ok(!('certificates' in made[0].statement) && !('lots' in made[0].statement));
  for (const one of made) assert.deepEqual(one, made[0]);
  const patrolled = pipaOk(fromCard(['patrol', text, '--finding', 'in_order'])).json();
  assert.equal(patrolled.statement.producer, '93330113XXDEM00588');
});

test('card: nobody acts on one that does not stand', () => {
  const own = cardOf(district.producer('P1'), 'own');
  assert.equal(codeOf(pipa(officer(['patrol', own, '--finding', 'in_order'])).err), 'field.not_allowed');
  const good = cardOf(district.key('bureau'), 'card');
  const altered = good.replace(/(\d)(\d{60})$/, (_, digit, rest) => `${(Number(digit) + 1) % 10}${rest}`);
  assert.notEqual(pipa(officer(['patrol', altered, '--finding', 'in_order'])).code, 0);
});

test('officer: codes that are not what they seem are refused, each with its code', () => {
  const refused = (text) => codeOf(pipa(officer(['patrol', text, '--finding', 'in_order'])).err);
  assert.equal(refused(demo.cases.get('X1').text), 'cose.wrong_signature');
  assert.equal(refused(demo.cases.get('X2').text), 'field.unknown_issuer');
  assert.equal(refused('http://znm.zjagri.cn/u/12/0'), 'qr.not_ours');
  assert.equal(refused(file('nothing.png')), 'file.unreadable');
});

test('officer: a key that may not, a deadline before the visit, words that are no choice', () => {
  const order = ['order', celery.text, '--order', '停止销售', '--due', '2026-11-27'];
  const asLaboratory = [...order, ...district.key('laboratory'), ...trust, '--queue', queue, '--now', district.now];
  assert.equal(codeOf(pipa(asLaboratory).err), 'field.not_allowed');
  assert.equal(codeOf(pipa(officer(['order', celery.text, '--order', '停止销售', '--due', '2026-11-19'])).err), 'field.bad_order');
  assert.equal(codeOf(pipa(officer(['order', celery.text, '--order', '停止销售', '--due', 'soon'])).err), 'date.invalid');
  assert.equal(pipa(officer(['close', celery.text, '--closes', 'x', '--disposal', 'eaten'])).code, 64);
  assert.equal(codeOf(pipa(officer(['close', celery.text, '--closes', 'x', '--disposal', 'destroyed'])).err), 'field.unknown_reference');
  assert.equal(codeOf(pipa(officer(['order', celery.text, '--order', 'a\u202eb', '--due', '2026-11-27'])).err), 'statement.bad_field');
});

test('close: what was at hand and is no order of the same producer is refused before it is signed', () => {
  const elsewhere = (...words) => pipa([...words, ...district.key('inspector'), ...trust, '--queue', file('visits'), '--now', district.now, '--json']);
  const close = (what) => elsewhere('close', celery.text, '--closes', what, '--disposal', 'destroyed');
  assert.equal(codeOf(close(elsewhere('patrol', celery.text, '--finding', 'in_order').json().file).err), 'field.unknown_reference');
  const order = elsewhere('order', demo.cases.get('C01').text, '--order', '停止销售', '--due', '2026-11-27').json();
  assert.match(close(order.file).err, /is about 93330113XXDEM0015T, and this about/);
  assert.equal(readdirSync(file('visits')).length, 2);
});

test('queue: is merged into the store, twice the same, and refuses what does not stand', () => {
  importing('tests', 'laboratory');
  writeFileSync(path.join(queue, 'broken.cose'), Buffer.from('d28443a10112', 'hex'));
  const shown = pipaOk(['queue', 'show', queue, ...trust, '--json']).json().queue;
  assert.deepEqual(shown.map((one) => one.standing).sort(), ['stands', 'stands', 'unreadable']);
  const merge = ['queue', 'merge', queue, ...store, ...trust, '--now', district.now, '--json'];
  const merged = pipa(merge);
  assert.equal(merged.code, 65);
  assert.deepEqual([merged.json().new, merged.json().known, merged.json().refused.length], [2, 0, 1]);
  assert.ok(existsSync(path.join(queue, 'broken.cose')), 'left where it was');
  assert.equal(readdirSync(path.join(queue, 'merged')).length, 2);
  writeFileSync(path.join(queue, 'again.cose'), readFileSync(path.join(queue, 'merged', readdirSync(path.join(queue, 'merged'))[0])));
  assert.deepEqual([pipa(merge).json().new, pipa(merge).json().known], [0, 0], 'again.cose went the first time, as known');
});

test('failures: no order, open, overdue, closed', () => {
  const failures = (now = district.now) => pipa(['failures', file('office.db'), celery.text, ...trust, '--now', now, '--json']);
  const merge = () => pipa(['queue', 'merge', queue, ...store, ...trust, '--now', district.now]);
  const first = failures();
  assert.equal(first.code, 1);
  assert.deepEqual([first.json().total, first.json().no_order], [1, 1]);
  assert.deepEqual(first.json().failures[0].substances, ['毒死蜱']);

  const order = pipaOk(officer(['order', celery.text, '--order', '停止销售并召回该批次', '--due', '2026-11-27', '--test', first.json().failures[0].digest], '--json')).json();
  merge();
  assert.deepEqual([failures().json().open, failures('2026-11-28T08:00:00+08:00').json().overdue], [1, 1]);

  pipaOk(officer(['close', celery.text, '--closes', order.id, '--disposal', 'destroyed', '--day', '2026-11-26']));
  merge();
  const last = failures('2026-11-28T08:00:00+08:00');
  assert.equal(last.code, 0);
  assert.deepEqual([last.json().closed, last.json().all_dealt_with, last.json().failures[0].disposal], [1, true, 'destroyed']);
  const shown = (lang) => pipaOk(['failures', file('office.db'), ...trust, '--lang', lang]).out;
  assert.match(shown('en'), new RegExp(`^closed +LAB-T03.*\\n +order ${order.id}, due 2026-11-27, closed 2026-11-26, disposal: destroyed\\n1 failed, 1 closed \\(100 %\\), 0 open, 0 overdue, 0 without an order\\n$`));
  assert.match(shown('zh-Hans'), new RegExp(`^已办结 +LAB-T03.*\\n +整改单 ${order.id}，限期 2026-11-27，办结 2026-11-26，处置：已销毁\\n不合格 1 批，已办结 1 批（100 %），整改中 0 批，逾期 0 批，未下整改 0 批\\n$`));
});

test('figures: counted, signed, shown again, with planned batches and intervals', () => {
  writeFileSync(file('plan.json'), JSON.stringify({ rows: [{ division: 330113005, product_class: 2, planned: 3 }, { division: 330113100, product_class: 1, planned: 2 }] }));
  const make = ['figures', 'make', file('office.db'), celery.text, demo.cases.get('C16').text, ...trust, '--from', '2026-01-01', '--until', '2026-11-20', '--plan', file('plan.json'), '--now', district.now];
  const made = pipaOk([...make, ...district.key('bureau'), '--out', file('figures.cose'), '--json']).json();
  const { whole, towns, classes, substances } = made.figures;
  assert.deepEqual([whole[0].planned, whole[0].tested, whole[0].failed, whole[0].disposed], [5, 2, 1, 1]);
  assert.deepEqual(whole[0].interval_95, [0.094531, 0.905469]);
  const sum = (rows, name) => rows.reduce((total, row) => total + (row[name] ?? 0), 0);
  for (const rows of [towns, classes]) for (const name of ['planned', 'tested', 'failed', 'disposed']) assert.equal(sum(rows, name), whole[0][name]);
  assert.deepEqual(substances.map((row) => [row.substance, row.tested, row.failed]), [['有机磷/氨基甲酸酯类', 1, 0], ['毒死蜱', 1, 1]]);
  assert.deepEqual(pipaOk(['figures', 'show', file('figures.cose'), ...trust, '--json']).json().figures, made.figures);
  const shown = (lang) => pipaOk(['figures', 'show', file('figures.cose'), ...trust, '--lang', lang]).out.split('\n');
  assert.equal(shown('en')[0], '2026-01-01 to 2026-11-20; 95 % interval after Wilson');
  assert.match(shown('en')[1], /^ {28} +planned +tested +failed +closed +passed +interval$/);
  assert.match(shown('en')[2], /^ {2}all batches +5 +2 +1 +1 +50\.0 % +9\.5 % \.\. 90\.5 %$/);
  assert.equal(shown('zh-Hans')[0], '2026-01-01 至 2026-11-20；区间为 95 % 威尔逊区间');
  assert.match(shown('zh-Hans')[1], /^ {28} +计划 +检测 +不合格 +已办结 +合格率 +区间$/);
  for (const title of ['按镇街', '按产品类别', '按检测项目']) assert.ok(shown('zh-Hans').includes(title), title);
  for (const lang of ['en', 'zh-Hans']) assert.ok(!shown(lang).join().includes('[cli.'), 'every text is there');
  assert.ok(!/[a-z]{3}/.test(shown('zh-Hans').join()), 'Chinese throughout');
});

test('figures: what cannot be', () => {
  const make = (...words) => pipa(['figures', 'make', file('office.db'), ...trust, ...words]);
  assert.equal(codeOf(make('--from', '2026-02-01', '--until', '2026-01-01').err), 'date.invalid');
  writeFileSync(file('plan.json'), '{"rows": [{"division": 330113005}]}');
  assert.equal(codeOf(make('--from', '2026-01-01', '--until', '2026-12-31', '--plan', file('plan.json')).err), 'json.invalid');
  assert.equal(codeOf(make('--from', '2026-01-01', '--until', '2026-12-31', ...district.key('laboratory'), '--out', file('x.cose')).err), 'field.not_allowed');
  assert.equal(make('--from', '2026-01-01', '--until', '2026-12-31', ...district.key('bureau')).code, 64, 'a key needs --out');
  assert.equal(codeOf(pipa(['figures', 'add', file('office.db'), ...trust]).err), 'export.nothing');
});

test('figures, failures: a folder of dossiers is counted, and one with nothing to count is no zero', () => {
  const period = ['--from', '2026-01-01', '--until', '2026-11-20'];
  const figures = pipaOk(['figures', 'make', demo.file('dossiers'), ...period, ...demo.judging(), '--json']).json().figures;
  assert.deepEqual([figures.whole[0].tested, figures.whole[0].failed], [4, 3]);
  assert.equal(pipa(['failures', demo.file('dossiers'), ...demo.judging(), '--json']).json().failures.length, 3);
  mkdirSync(file('nothing'), { recursive: true });
  for (const words of [['figures', 'make', file('nothing'), ...period], ['failures', file('nothing')]])
    assert.equal(codeOf(pipa([...words, ...demo.judging()]).err), 'export.nothing', words[0]);
  writeFileSync(path.join(file('nothing'), 'x.dossier'), 'no dossier');
  assert.match(pipa(['failures', file('nothing'), ...demo.judging()]).err, /x\.dossier/);
});
