import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';

import { killing } from '../support/surroundings.mjs';
import { codeOf, demoDistrict, pipa, pipaOk, pipaProgram, scratch } from './support.mjs';

const demo = demoDistrict();
const { file, names } = scratch();
const office = demo.file('keys/office.key');
const store = file('office.store');
const on = ['--store', store];
const key = (name) => {
  if (!existsSync(file(`${name}.key`))) pipaOk(['keys', 'new', '--out', file(`${name}.key`)]);
  return file(`${name}.key`);
};
// Seconds after the demo's now.
const at = (seconds) => ['--now', new Date(Date.parse(demo.now) + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')];
const noon = at(0);
const online = ['--sign-key', key('online')];
const both = [...online, '--sign-key', key('targets')];
const publish = (...words) => pipa(['publish', ...on, '--out', file('out'), '--json', ...words]);
const published = (...words) => {
  const ended = publish(...words);
  assert.equal(ended.code, 0, ended.err);
  return ended.json();
};
/** Every file below a folder, by its path: a digest of its content. */
const tree = (root) => Object.fromEntries(readdirSync(root, { recursive: true }).map(String).sort().filter((name) => statSync(path.join(root, name)).isFile())
  .map((name) => [name, createHash('sha256').update(readFileSync(path.join(root, name))).digest('hex')]));
const metadata = (name, root = file('out')) => JSON.parse(readFileSync(path.join(root, 'tuf/metadata', name), 'utf8')).signed;
// The device's clock stands still: what is published later here is current all the longer.
const follow = (device, root, ...words) => pipa(['tuf', ...noon, '--metadata-dir', file(device), '--metadata-url', `file://${root}/tuf/metadata`,
  '--target-base-url', `file://${root}/tuf/targets`, '--target-dir', file(`${device}.files`), ...words]);
const fetchTarget = (device, root, name) => {
  const ended = follow(device, root, '--target-name', name, 'download', '--json');
  assert.equal(ended.code, 0, ended.err);
  return readFileSync(ended.json().targets[0].file);
};

mkdirSync(file('built/C'), { recursive: true });
writeFileSync(file('built/index.html'), '<meta content="@PIPA_OFFICE_KEY@"><meta content="@PIPA_DEMO_NOW@">');
pipaOk(['store', 'init', ...on, '--key', office, ...noon]);
pipaOk(['store', 'add', ...on, '--key', office, '--indices', '4096+1024', demo.file('trust.cose'), demo.file('learn.cose'), demo.file('certificates.csv'), ...noon]);

test('publish: without roles there is nothing to sign with', () => {
  const ended = publish(...both, ...noon);
  assert.equal(ended.code, 65);
  assert.equal(codeOf(ended.err), 'publish.no_root');
  assert.equal(existsSync(file('out')), false);
});

test('roles: keys that do not fit are refused', () => {
  const init = (...words) => pipa(['roles', 'init', ...on, ...noon, ...words]);
  assert.equal(codeOf(init('--root-key', key('a'), '--root-threshold', '2', '--targets-key', key('targets'), '--online-key', key('online')).err), 'publish.wrong_key');
  assert.equal(codeOf(init('--root-key', key('a'), '--root-key', key('a'), '--targets-key', key('targets'), '--online-key', key('online')).err), 'publish.wrong_key');
  assert.equal(codeOf(init('--root-key', key('a')).err), 'publish.no_root');
});

test('roles: a root of two keys, one of them on another machine', () => {
  const words = ['roles', 'init', ...on, ...noon, '--root-key', key('a'), '--root-key', key('b'), '--root-threshold', '2', '--targets-key', key('targets'), '--online-key', key('online')];
  assert.deepEqual(pipaOk([...words, '--sign-key', key('a'), '--json']).json(), { ok: true, complete: false });
  const { requests } = pipaOk(['publish', ...on, '--export-unsigned', file('requests'), '--json']).json();
  assert.deepEqual(requests, [file('requests/root.1.tosign.json')]);
  const said = pipaOk(['roles', 'sign', requests[0], '--key', key('b'), '--out', file('b.json'), ...noon]).out;
  assert.match(said, /root version 1/);
  assert.match(said, /root: 2 of 2 keys/);
  const wrong = file('wrong.json');
  const sign = (request, by, when = noon) => pipa(['roles', 'sign', request, '--key', key(by), '--out', wrong, ...when]);
  assert.equal(codeOf(sign(requests[0], 'stranger').err), 'publish.wrong_key');
  assert.equal(codeOf(sign(requests[0], 'targets').err), 'publish.wrong_key');
  assert.equal(codeOf(sign(requests[0], 'b', ['--now', '2030-01-01']).err), 'publish.bad_request');
  cpSync(requests[0], file('targets.1.tosign.json'));
  assert.equal(codeOf(sign(file('targets.1.tosign.json'), 'targets').err), 'publish.bad_request');
  assert.equal(existsSync(wrong), false);
  const strange = { ...JSON.parse(readFileSync(file('b.json'), 'utf8')), keyid: '0'.repeat(64) };
  writeFileSync(wrong, JSON.stringify(strange));
  assert.equal(codeOf(pipa(['publish', ...on, '--import-signature', wrong]).err), 'publish.wrong_key');
  const bent = JSON.parse(readFileSync(file('b.json'), 'utf8'));
  bent.sig = `00${bent.sig.slice(2)}`;
  writeFileSync(wrong, JSON.stringify(bent));
  assert.equal(codeOf(pipa(['publish', ...on, '--import-signature', wrong]).err), 'publish.bad_signature');
  writeFileSync(wrong, '{"pipa_signature": 2}');
  assert.equal(codeOf(pipa(['publish', ...on, '--import-signature', wrong]).err), 'publish.bad_signature');
  assert.equal(pipaOk(['publish', ...on, '--import-signature', file('b.json'), '--json']).json().imported[0].complete, true);
  assert.equal(codeOf(pipa(['publish', ...on, '--import-signature', file('b.json')]).err), 'publish.bad_request');
});

test('publish: targets signed on another machine', () => {
  const waiting = publish(...online, ...noon);
  assert.equal(waiting.code, 2);
  assert.equal(codeOf(waiting.err), 'publish.needs_signature');
  assert.equal(existsSync(file('out')), false);
  const { requests } = pipaOk(['publish', ...on, '--export-unsigned', file('requests'), '--json']).json();
  pipaOk(['roles', 'sign', requests.find((name) => name.includes('targets')), '--key', key('targets'), '--out', file('t.json'), ...noon]);
  pipaOk(['publish', ...on, '--import-signature', file('t.json')]);
  const report = published(...online, ...noon);
  assert.equal(report.outcome, 'published');
  assert.deepEqual(report.versions, { live: 1, root: 1, snapshot: 1, targets: 1, timestamp: 1 });
});

test('publish: our client follows it, and each target is what it should be', () => {
  pipaOk(['tuf', '--metadata-dir', file('device'), 'init', file('out/tuf/metadata/1.root.json')]);
  assert.deepEqual(fetchTarget('device', file('out'), 'registry.cose'), readFileSync(demo.file('trust.cose')));
  assert.deepEqual(fetchTarget('device', file('out'), 'learn.cose'), readFileSync(demo.file('learn.cose')));
  assert.deepEqual(fetchTarget('device', file('out'), 'notices.cbor'), Buffer.from([0x80]));
  const shard = inflateSync(fetchTarget('device', file('out'), 'status/0'));
  assert.equal(shard.length, 8192);
  assert.ok(shard.every((byte) => byte === 0));
  assert.equal(follow('device', file('out'), '--target-name', 'status/1', 'download').code, 1);
});

test('publish: nothing changed, nothing written; later a new timestamp alone', () => {
  const before = tree(file('out'));
  assert.equal(published(...both, ...noon).outcome, 'unchanged');
  assert.deepEqual(tree(file('out')), before);
  const report = published(...both, ...at(172860));
  assert.equal(report.outcome, 'timestamp');
  assert.equal(report.files_written, 1);
  const after = tree(file('out'));
  assert.deepEqual(Object.keys(after).filter((name) => after[name] !== before[name]), ['tuf/metadata/timestamp.json']);
});

test('publish: a revoked certificate changes one shard and the metadata above it', () => {
  pipaOk(['revoke', ...on, '--key', office, demo.cases.get('C09').number]);
  const report = published(...both, ...at(176400));
  assert.equal(report.parts_changed, 1);
  assert.equal(report.files_written, 4);  // shard, bin, snapshot, timestamp
  const shard = inflateSync(fetchTarget('device', file('out'), 'status/0'));
  const index = 4104;
  assert.equal((shard[index >> 2] >> ((index % 4) * 2)) & 3, 1);
  assert.equal(shard.filter((byte) => byte !== 0).length, 1);
});

test('publish: a notice comes, and goes when it is ended', () => {
  const recall = (...words) => pipaOk(['recall', ...on, '--key', demo.file('keys/bureau.key'), ...words]);
  recall('--id', 'N-1', '--title', '召回', '--lot', 'LOT-06', ...at(180000));
  published(...both, ...at(180001));
  assert.equal(fetchTarget('device', file('out'), 'notices.cbor')[0], 0x81);
  recall('--end', 'N-1', ...at(183600));
  published(...both, ...at(183601));
  assert.deepEqual(fetchTarget('device', file('out'), 'notices.cbor'), Buffer.from([0x80]));
});

test('publish: while targets wait for their key, what changes daily goes on', () => {
  const kid = pipaOk(['keys', 'show', demo.file('keys/P1.key'), '--json']).json().kid;
  pipaOk(['keys', 'compromise', ...on, '--key', office, kid, '--since', '2026-11-22']);
  pipaOk(['revoke', ...on, '--key', office, demo.cases.get('C08').number]);
  const ended = publish(...online, ...at(187200));
  assert.equal(ended.code, 3, ended.err);
  assert.match(ended.err, /URGENT.*the registry/);
  const waiting = ended.json();
  assert.deepEqual(waiting.waiting, ['targets']);
  assert.equal(waiting.warnings.filter((warning) => warning.startsWith('URGENT: ')).length, 1);
  assert.equal(inflateSync(fetchTarget('device', file('out'), 'status/0')).filter((byte) => byte !== 0).length, 2);
  assert.deepEqual(fetchTarget('device', file('out'), 'registry.cose'), readFileSync(demo.file('trust.cose')));
  assert.deepEqual(published(...both, ...at(187260)).waiting, []);
  assert.notDeepEqual(fetchTarget('device', file('out'), 'registry.cose'), readFileSync(demo.file('trust.cose')));
});

test('publish: what was current stays for two days for readers on their way', () => {
  const has = (name) => existsSync(file(`out/tuf/metadata/${name}`));
  const version = metadata('timestamp.json').meta['snapshot.json'].version;
  assert.ok(has(`${version - 1}.snapshot.json`));
  pipaOk(['revoke', ...on, '--key', office, demo.cases.get('C07').number]);
  published(...both, ...at(446400));
  assert.ok(has(`${version}.snapshot.json`));
  assert.equal(has(`${version - 1}.snapshot.json`), false);
});

test('publish: root keys are rotated, and an old device follows', () => {
  const words = ['roles', 'rotate', ...on, ...at(450000), '--online-key', key('online2'), '--sign-key', key('a')];
  assert.equal(pipaOk([...words, '--json']).json().complete, false);
  assert.equal(pipaOk([...words, '--sign-key', key('b'), '--json']).json().complete, true);
  const refused = publish(...both, ...at(450060));
  assert.equal(refused.code, 2);
  const report = published('--sign-key', key('online2'), '--sign-key', key('targets'), ...at(450060));
  assert.equal(report.versions.root, 2);
  assert.equal(inflateSync(fetchTarget('device', file('out'), 'status/0')).length, 8192);
});

const all = ['--sign-key', key('online2'), '--sign-key', key('targets')];
const late = at(453600);
const page = ['--site', file('built'), '--office-key', demo.file('office.pub')];

test('publish --site: the page with its key and packs beside the repository', () => {
  published(...all, ...late, ...page, '--demo-now', demo.now);
  const key64 = readFileSync(demo.file('office.pub'), 'utf8').trim();
  assert.match(readFileSync(file('out/index.html'), 'utf8'), new RegExp(`<meta content="${key64}"><meta content="[0-9]+">`));
  assert.deepEqual(readFileSync(file('out/learn/pack.cose')), readFileSync(demo.file('learn.cose')));
  pipaOk(['trust', 'show', file('out/trust.cose'), '--office-key', demo.file('office.pub')]);
  assert.equal(published(...all, ...late, ...page, '--demo-now', demo.now).outcome, 'unchanged');
  writeFileSync(file('built/new.mjs'), '// new');
  assert.equal(published(...all, ...late, ...page, '--demo-now', demo.now).outcome, 'published');
  assert.equal(codeOf(publish(...all, ...late, '--site', file('built'), '--office-key', '11'.repeat(32)).err), 'trust.wrong_signer');
});

test('publish --office-key: an office that has no registry yet has nothing to hold against it', () => {
  const bare = ['--store', file('bare.store')];
  pipaOk(['store', 'init', ...bare, '--key', office, ...noon]);
  assert.equal(codeOf(pipa(['publish', ...bare, '--out', file('bare'), ...both, ...noon, ...page]).err), 'store.missing_document');
  assert.ok(!existsSync(file('bare')));
});

test('publish: a folder that is no tree of ours is left alone, and nothing half stays anywhere', () => {
  mkdirSync(file('mine'));
  writeFileSync(file('mine/thesis.txt'), 'years of work');
  const before = names();
  const to = (out) => pipa(['publish', ...on, ...all, ...late, '--out', out]);
  assert.equal(codeOf(to(file('mine')).err), 'file.exists');
  assert.equal(to(file('mine')).code, 74);
  assert.equal(to(file('none/out')).code, 74);
  assert.equal(to('/proc/nothing').code, 74);
  assert.deepEqual(names(), before);
  assert.equal(published(...all, ...late, ...page, '--demo-now', demo.now).outcome, 'unchanged');
});

test('publish: a lost tree is made again as it was, under the same versions', () => {
  const before = tree(file('out/tuf'));
  rmSync(file('out'), { recursive: true });
  published(...all, ...late, ...page, '--demo-now', demo.now);
  const after = tree(file('out/tuf'));
  for (const name of Object.keys(after)) assert.equal(after[name], before[name], name);
  assert.equal(follow('device', file('out'), 'refresh').code, 0);
});

test('publish: a limit on file sizes, as a full disk, leaves the old tree and nothing else', () => {
  pipaOk(['revoke', ...on, '--key', office, demo.cases.get('C06').number]);
  const seen = () => names().filter((name) => !/-(wal|shm)$/.test(name));
  const before = [seen(), tree(file('out'))];
  const ended = pipa(['publish', ...on, ...all, ...late, '--out', file('out'), '--rebuild'], { shell: 'ulimit -f 4; trap "" XFSZ; exec "$@"' });
  assert.equal(ended.code, 74, ended.err);
  assert.deepEqual([seen(), tree(file('out'))], before);
  assert.equal(published(...all, ...late).outcome, 'published');
});

test('publish: killed at any moment, the old tree or the new one is there whole', killing, async () => {
  let minute = 0, killed = 0;
  const run = (words) => new Promise((resolve) => {
    const child = spawn(pipaProgram, words, { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), delay);
    child.on('exit', (code, signal) => { clearTimeout(timer); killed += signal === 'SIGKILL' ? 1 : 0; resolve(); });
  });
  let delay = 0;
  for (delay = 2; delay < 100; delay += 4) {
    const number = `KILL-${delay}`;
    pipaOk(['issue', '--key', demo.file('keys/P1.key'), '--host', 'pipa.linping.example', '--number', number, '--product-code', '1001', '--quantity', '1 kg', '--origin', '330113100',
      '--issued', '2026-11-19', '--basis', 'self_test', ...on]);
    pipaOk(['revoke', ...on, '--key', office, number]);
    const before = tree(file('out'));
    minute += 1;
    await run(['publish', ...on, ...all, '--out', file('out'), '--rebuild', ...at(453_600 + 60 * minute)]);
    const after = tree(file('out'));
    const same = JSON.stringify(after) === JSON.stringify(before);
    if (!same) for (const [name, digest] of Object.entries(before)) if (/^tuf\/targets\//.test(name) && name in after) assert.equal(after[name], digest);
    const refreshed = follow('device', file('out'), 'refresh');
    assert.equal(refreshed.code, 0, `${delay} ms: ${refreshed.err}`);
    pipaOk(['store', 'check', ...on]);
  }
  assert.ok(killed > 3, `${killed} were killed in time`);
  published(...all, ...at(457200));
  assert.equal(names().filter((name) => name.startsWith('.out.')).length, 0);
});

test('publish --delegate: a town publishes under its own name, and nothing else', () => {
  const town = ['--store', file('tangqi.store')];
  pipaOk(['store', 'init', ...town, '--key', key('tangqi'), '--name', 'tangqi', '--delegated']);
  pipaOk(['roles', 'init', ...town, '--live-key', key('tangqi'), ...late]);
  pipaOk(['issue', '--key', demo.file('keys/P1.key'), '--host', 'pipa.linping.example', '--number', 'TOWN-1', '--product-code', '1001', '--quantity', '1 kg', '--origin', '330113100',
    '--issued', '2026-11-19', '--basis', 'self_test', ...town]);
  pipaOk(['publish', ...town, '--sign-key', key('tangqi'), '--out', file('tangqi'), ...late]);
  assert.equal(existsSync(file('tangqi/tuf/metadata/timestamp.json')), false);
  pipaOk(['roles', 'delegate', ...on, '--key', office, 'tangqi', key('tangqi')]);
  assert.equal(codeOf(pipa(['roles', 'delegate', ...on, '--key', office, 'live', key('tangqi')]).err), 'store.bad_name');
  const take = (time) => publish(...all, ...at(time), '--delegate', `tangqi=${file('tangqi')}`);
  const taken = take(460800);
  assert.equal(taken.code, 0, taken.err);
  assert.deepEqual(taken.json().warnings, []);
  assert.equal(inflateSync(fetchTarget('device', file('out'), 'tangqi/status/0')).length, 8192);
  const good = tree(file('tangqi'));

  // Somebody at the town's server changes a file: the last good state stays, and the district goes on.
  cpSync(file('tangqi'), file('kept'), { recursive: true });
  pipaOk(['revoke', ...town, '--key', key('tangqi'), 'TOWN-1']);
  pipaOk(['publish', ...town, '--sign-key', key('tangqi'), '--out', file('tangqi'), ...at(460860)]);
  const shard = Object.keys(tree(file('tangqi'))).find((name) => name.includes('status/') && !(name in good));
  const content = readFileSync(file(`tangqi/${shard}`));
  writeFileSync(file(`tangqi/${shard}`), 'bent');
  const warned = take(460920);
  assert.equal(warned.code, 0, warned.err);
  assert.match(warned.json().warnings[0], /publish\.bad_delegate.*is not what was signed/);
  writeFileSync(file(`tangqi/${shard}`), content);
  assert.deepEqual(take(460980).json().warnings, []);
  renameSync(file('tangqi'), file('newer'));
  renameSync(file('kept'), file('tangqi'));
  assert.match(take(461040).json().warnings[0], /is older than what was published before/);
  assert.equal(inflateSync(fetchTarget('device', file('out'), 'tangqi/status/0'))[0], 1);
  const muchLater = publish(...all, ...at(100 * 86_400), '--delegate', `tangqi=${file('tangqi')}`);
  assert.match(muchLater.json().warnings[0], /has expired/);
});

test('store check --published: a store of other contents does not fit what was published', () => {
  pipaOk(['store', 'check', ...on, '--published', file('out')]);
  pipaOk(['store', 'init', '--store', file('other.store'), '--key', office]);
  const other = pipa(['store', 'check', '--store', file('other.store'), '--published', file('out')]);
  assert.equal(other.code, 65);
  assert.equal(codeOf(other.err), 'store.tampered');
  assert.equal(pipa(['store', 'check', ...on, '--published', file('built')]).code, 74);
});

test('publish --to: without rclone or with a remote that is not there it is said', () => {
  const none = pipa(['publish', ...on, ...all, '--out', file('out'), ...at(101 * 86_400 + 461100), '--to', 'nowhere:bucket'], { env: { PATH: '/nonexistent' } });
  assert.equal(none.code, 74);
  assert.equal(codeOf(none.err), 'publish.upload_failed');
});

test('publish: wrong use is 64', () => {
  assert.equal(pipa(['publish', ...on]).code, 64);
  assert.equal(pipa(['publish', '--out', file('out')]).code, 64);
  assert.equal(publish('--site', file('built')).code, 64);
});

test('roles show --warn-days: names what ends, and what helps', () => {
  const show = (days, time) => pipa(['roles', 'show', ...on, '--warn-days', String(days), ...time]);
  const fresh = at(100 * 86_400 + 60);
  assert.equal(show(0, late).code, 0, show(0, late).err);
  assert.match(show(0, fresh).err, /tangqi has expired/);  // which published long before
  assert.doesNotMatch(show(0, fresh).err, /timestamp/);
  const soon = show(10, fresh);
  assert.equal(soon.code, 1);
  assert.match(soon.err, /timestamp expires .*pipa publish/);
  assert.match(show(0, at(110 * 86_400)).err, /timestamp has expired/);
  assert.equal(pipa(['roles', 'show', ...on, '--warn-days', '-1']).code, 64);
});
