// A store that was lost and comes back from a backup: what was published since is not published away.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { codeOf, demoDistrict, pipa, pipaOk, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const office = demo.file('keys/office.key');
const store = file('office.store');
const on = ['--store', store];
const at = (seconds) => ['--now', new Date(Date.parse(demo.now) + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')];
for (const name of ['root', 'targets', 'online']) pipaOk(['keys', 'new', '--out', file(`${name}.key`)]);
const publish = (seconds, ...words) => pipa(['publish', ...on, '--sign-key', file('online.key'), '--sign-key', file('targets.key'), '--site', file('built'), '--office-key', demo.file('office.pub'), '--out', file('out'), '--json', ...at(seconds), ...words]);
const published = (...words) => {
  const ended = publish(...words);
  assert.equal(ended.code, 0, ended.err);
  return ended.json();
};
mkdirSync(file('built'));
writeFileSync(file('built/index.html'), '<meta content="@PIPA_OFFICE_KEY@"><meta name="pipa-root" content="@PIPA_ROOT@"><meta content="@PIPA_TRUST@">');
const issue = (number) => pipaOk(['issue', ...on, '--key', demo.file('keys/P1.key'), '--host', 'pipa.linping.example', '--number', number, '--product-code', '1001', '--quantity', '10 kg',
  '--origin', '330113100', '--issued', '2026-11-19', '--basis', 'self_test', '--lot', `LOT-${number}`, '--json']).json().text;
const follow = (seconds) => pipaOk(['tuf', ...at(seconds), '--metadata-dir', file('device'), '--metadata-url', `file://${file('out')}/tuf/metadata`, '--target-base-url', `file://${file('out')}/tuf/targets`,
  '--target-dir', file('device.files'), 'refresh']);
const judged = (text) => pipa(['verify', text, '--trust', file('out/bundle.cbor'), '--json', ...at(100)]).json().results[0].judgement.reasons[0].code;
const status = (number) => pipaOk(['store', 'show', ...on, number, '--json']).json().status;
const restore = (...words) => pipa(['store', 'restore', ...on, '--published', file('out'), '--key', office, '--json', ...words]);

pipaOk(['store', 'init', ...on, '--key', office, ...at(0)]);
pipaOk(['store', 'add', ...on, '--key', office, '--indices', '4096+1024', demo.file('trust.cose'), demo.file('certificates.csv'), ...at(0)]);
pipaOk(['roles', 'init', ...on, ...at(0), '--root-key', file('root.key'), '--targets-key', file('targets.key'), '--online-key', file('online.key'), '--sign-key', file('root.key')]);
issue('KEPT-1');
published(10);
pipaOk(['tuf', '--metadata-dir', file('device'), 'init', file('out/tuf/metadata/1.root.json')]);

test('store backup: a whole copy, and never over another file', () => {
  const backup = pipaOk(['store', 'backup', ...on, '--out', file('backup.store'), '--json']).json();
  assert.equal(statSync(file('backup.store')).mode & 0o077, 0);
  assert.equal(pipaOk(['store', 'check', '--store', file('backup.store'), '--json']).json().journal.head, backup.journal.head);
  const again = pipa(['store', 'backup', ...on, '--out', file('backup.store')]);
  assert.equal(again.code, 74);
  assert.equal(codeOf(again.err), 'file.exists');
  assert.equal(pipa(['store', 'backup', ...on, '--out', file('none/backup.store')]).code, 74);
  writeFileSync(file('text'), 'x'.repeat(600));
  assert.equal(pipa(['store', 'backup', '--store', file('text'), '--out', file('b')]).code, 65);
  assert.equal(existsSync(file('b')), false);
});

test('publish: an old copy of the store does not publish away what was revoked, recalled and issued since', () => {
  pipaOk(['revoke', ...on, '--key', office, 'KEPT-1', demo.cases.get('C09').number, ...at(20)]);
  pipaOk(['recall', ...on, '--key', demo.file('keys/bureau.key'), '--id', 'N-1', '--title', '召回', '--lot', 'LOT-06', ...at(20)]);
  issue('LATER-1');
  issue('LATER-2');
  pipaOk(['revoke', ...on, '--key', office, 'LATER-2', ...at(25)]);
  published(30);
  follow(35);
  renameSync(store, file('lost.store'));
  for (const end of ['-wal', '-shm']) rmSync(store + end, { force: true });
  cpSync(file('backup.store'), store);
  for (const words of [[], ['--rebuild']]) {
    const refused = publish(40, ...words);
    assert.equal(refused.code, 65);
    assert.equal(codeOf(refused.err), 'store.tampered');
    assert.match(refused.err, /older than what was published/);
  }
});

test('store restore: a tree that is bent, cut or another office\'s brings nothing back', () => {
  const before = pipaOk(['store', 'show', ...on, '--json']).json();
  const refused = (tree) => {
    const ended = pipa(['store', 'restore', ...on, '--published', tree, '--key', office, ...at(45)]);
    assert.ok(ended.code === 65 || ended.code === 74, ended.err);
    assert.deepEqual(pipaOk(['store', 'show', ...on, '--json']).json(), before, tree);
    return codeOf(ended.err);
  };
  const bent = (name, change) => {
    rmSync(file('bent'), { recursive: true, force: true });
    cpSync(file('out'), file('bent'), { recursive: true });
    const whole = path.join(file('bent'), name);
    for (const one of statSync(whole).isDirectory() ? readdirSync(whole).map((entry) => path.join(whole, entry)) : [whole]) {
      const content = change(readFileSync(one));
      rmSync(one);  // a hard link of the published one
      if (content) writeFileSync(one, content);
    }
    return refused(file('bent'));
  };
  const newest = (role) => readdirSync(file('out/tuf/metadata')).filter((name) => name.endsWith(`.${role}.json`)).sort((a, b) => parseInt(a, 10) - parseInt(b, 10)).at(-1);
  assert.match(bent(`tuf/metadata/${newest('snapshot')}`, (content) => Buffer.from(content.toString().replace(/"expires": ?"20/, (text) => text.replace('20', '21')))), /^tuf\./);
  assert.match(bent(`tuf/metadata/${newest('live')}`, () => null), /^file\./);
  assert.match(bent('tuf/targets/status', (content) => Buffer.concat([content.subarray(0, -1), Buffer.from([content.at(-1) ^ 1])])), /^tuf\./);
  const other = ['--store', file('other.store')];
  pipaOk(['store', 'init', ...other, '--key', office, ...at(0)]);
  pipaOk(['store', 'add', ...other, '--key', office, demo.file('trust.cose'), ...at(0)]);
  for (const name of ['root2', 'targets2']) pipaOk(['keys', 'new', '--out', file(`${name}.key`)]);
  pipaOk(['roles', 'init', ...other, ...at(0), '--root-key', file('root2.key'), '--targets-key', file('targets2.key'), '--online-key', file('online.key'), '--sign-key', file('root2.key')]);
  for (const seconds of [0, 1, 2, 3]) {
    pipaOk(['recall', ...other, '--key', demo.file('keys/bureau.key'), '--id', `N-${seconds}`, '--title', '召回', '--producer', '93330113XXDEM00588', '--expect', '0', ...at(seconds)]);
    pipaOk(['publish', ...other, '--sign-key', file('online.key'), '--sign-key', file('targets2.key'), '--out', file('other'), ...at(seconds)]);
  }
  assert.match(refused(file('other')), /^tuf\./);
});

test('store restore: what was published comes back, and then the store may publish', () => {
  const back = restore(...at(50)).json();
  assert.equal(back.older, true);
  assert.deepEqual([back.ok, back.nameless], [true, []]);
  for (const number of ['KEPT-1', 'LATER-2', demo.cases.get('C09').number]) assert.equal(status(number), 'invalid', number);
  assert.equal(status('LATER-1'), 'valid');
  pipaOk(['store', 'check', ...on]);
  const before = pipaOk(['store', 'show', ...on, '--json']).json();
  assert.equal(before.notices, 1);
  assert.deepEqual([restore(...at(51)).code, restore(...at(51)).json().older], [0, false]);
  published(60);
  follow(70);  // whoever saw what was published before goes on from there
  assert.equal(judged(demo.cases.get('C09').text), 'status.withdrawn');
  assert.equal(judged(demo.cases.get('C06').text), 'notice.recalled');
  pipaOk(['store', 'check', ...on, '--published', file('out')]);
  assert.equal(published(61).outcome, 'unchanged');
  const text = issue('AFTER-1');
  assert.ok(pipaOk(['store', 'show', ...on, 'AFTER-1', '--json']).json().status_index >= 32_768, 'no place is handed out twice');
  published(70);
  assert.equal(pipa(['store', 'show', ...on, 'AFTER-1']).code, 0);
  assert.ok(text.startsWith('HTTPS://'));
});

test('store restore: into a place that is taken, without a tree, or with a stranger\'s tree nothing is done', () => {
  assert.equal(codeOf(restore('--backup', file('backup.store')).err), 'file.exists');
  writeFileSync(file('beside.store-wal'), 'of another store');
  const beside = pipa(['store', 'restore', '--store', file('beside.store'), '--backup', file('backup.store'), '--published', file('out'), '--key', office]);
  assert.equal(codeOf(beside.err), 'file.exists');
  assert.equal(existsSync(file('beside.store')), false);
  const nowhere = pipa(['store', 'restore', '--store', file('new.store'), '--backup', file('backup.store'), '--published', file('nowhere'), '--key', office]);
  assert.equal(nowhere.code, 74);
  assert.equal(pipa(['store', 'restore', '--store', file('none.store'), '--published', file('out'), '--key', office]).code, 74);
});

test('store reserve: places for certificates that are signed elsewhere', () => {
  const reserve = (...words) => pipa(['store', 'reserve', ...on, '--key', office, '--json', ...words]);
  const first = reserve('--count', '16', '--holder', 'yunwu').json();
  const second = reserve('--count', '16', '--holder', 'yunwu').json();
  assert.equal(second.first, first.first + 16);
  const text = pipaOk(['issue', '--key', demo.file('keys/P1.key'), '--host', 'pipa.linping.example', '--number', 'ELSEWHERE-1', '--product-code', '1001', '--quantity', '10 kg',
    '--origin', '330113100', '--issued', '2026-11-19', '--basis', 'self_test', '--status-index', String(first.first), '--json']).json().text;
  writeFileSync(file('codes.csv'), `number,text\nELSEWHERE-1,${text}\n`);
  pipaOk(['store', 'add', ...on, '--key', office, file('codes.csv'), ...at(80)]);
  pipaOk(['revoke', ...on, '--key', office, 'ELSEWHERE-1']);
  assert.equal(reserve('--count', '0', '--holder', 'x').code, 64);
});
