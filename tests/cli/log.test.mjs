import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { killing } from '../support/surroundings.mjs';
import { codeOf, demoDistrict, pipa, pipaOk, pipaProgram, scratch } from './support.mjs';

const demo = demoDistrict();
const { file } = scratch();
const now = ['--now', demo.now];
const key = (name) => {
  if (!existsSync(file(`${name}.key`))) pipaOk(['keys', 'new', '--out', file(`${name}.key`)]);
  return file(`${name}.key`);
};
const text = (id) => demo.cases.get(id).text;
const certificates = [...demo.cases.keys()].filter((id) => id.startsWith('C'));

/** A log of its own with so many of the demo's certificates. */
function newLog(name, count = 0) {
  const log = file(name);
  const vkey = pipaOk(['log', 'init', '--log', log, '--key', key('log'), '--name', 'log.example/test', ...now]).out.trim();
  const append = (...inputs) => pipa(['log', 'append', '--log', log, '--key', key('log'), ...now, '--json', ...inputs]);
  if (count) assert.equal(append(...certificates.slice(0, count).map(text)).code, 0);
  return { log, vkey, append, path: (part) => path.join(log, part), verify: (...more) => pipa(['log', 'verify', '--log', log, '--vkey', vkey, ...more]) };
}

test('log: begins empty, prints its key, and is begun once', () => {
  const { log, vkey, verify } = newLog('begun');
  assert.match(vkey, /^log\.example\/test\+[0-9a-f]{8}\+AQ?[A-Za-z0-9+/]+=*$/);
  assert.equal(readFileSync(path.join(log, 'log.vkey'), 'utf8'), `${vkey}\n`);
  assert.equal(verify().code, 0);
  assert.equal(pipaOk(['log', 'show', '--log', log, '--json']).json().size, 0);
  const again = pipa(['log', 'init', '--log', log, '--key', key('log'), '--name', 'log.example/test']);
  assert.equal(again.code, 74);
  assert.equal(codeOf(again.err), 'file.exists');
  for (const name of ['', 'https://log.example', 'log example', 'a+b', 'cosignature/v1', 'log.example/']) {
    const refused = pipa(['log', 'init', '--log', file('bad'), '--key', key('log'), '--name', name]);
    assert.ok(refused.code === 65 && codeOf(refused.err) === 'log.bad_name', `${name}: ${refused.err}`);
  }
});

test('log: an entry is the digest and the key id, and stands there once', () => {
  const { append, path: at, verify } = newLog('entries');
  const first = append(text('C01'), text('C02'), text('C01'));
  assert.equal(first.code, 0, first.err);
  assert.deepEqual(first.json().entries.map((entry) => [entry.index, entry.was_there]), [[0, false], [1, false], [0, true]]);
  assert.equal(readFileSync(at('tile/entries/000.p/2')).length, 2 * 47);
  assert.equal(readFileSync(at('tile/0/000.p/2')).length, 64);
  const before = readFileSync(at('checkpoint'), 'utf8');
  const nothing = append(text('C02'));
  assert.equal(nothing.json().added, 0);
  assert.equal(readFileSync(at('checkpoint'), 'utf8'), before, 'nothing new, nothing signed');
  assert.equal(verify().code, 0);
});

test('log: certificates come as texts, files, pipes and signed messages; anything else is refused before anything is added', () => {
  const { log, append, path: at } = newLog('inputs');
  writeFileSync(file('codes.txt'), certificates.slice(0, 3).map((id) => `${text(id)}\n`).join(''));
  assert.equal(append(file('codes.txt')).json().added, 3);
  assert.equal(append(demo.file('labels/C04-100x70.png')).json().added, 1);
  const piped = pipa(['log', 'append', '--log', log, '--key', key('log'), ...now, '-', '--json'], { input: `${text('C05')}\n` });
  assert.equal(piped.json().added, 1);
  const before = readFileSync(at('checkpoint'), 'utf8');
  for (const [input, code, exit] of [['hello', 'qr.not_ours', 65], [file('none.png'), 'file.unreadable', 74], [text('C06').slice(0, -9), undefined, 65]]) {
    const refused = append(text('C07'), input);
    assert.equal(refused.code, exit, refused.err);
    if (code) assert.ok([code, 'qr.not_ours'].includes(codeOf(refused.err)), refused.err);
  }
  assert.equal(readFileSync(at('checkpoint'), 'utf8'), before);
});

test('log: a proof holds for its certificate, and for no other', () => {
  const { log, vkey, path: at } = newLog('proofs', 7);
  const made = pipaOk(['log', 'prove', '--log', log, '--certificate', text('C03'), '--out', file('c03.tlog-proof')]);
  assert.match(made.out, /entry 2 of 7/);
  const verify = (id, proof, ...more) => pipa(['log', 'verify', '--proof', proof, '--certificate', text(id), '--vkey', vkey, '--json', ...more]);
  const good = verify('C03', file('c03.tlog-proof'));
  assert.equal(good.code, 0, good.err);
  const [shown] = good.json().certificates;
  assert.deepEqual([shown.log, shown.index, shown.tree_size], ['log.example/test', 2, 7]);
  assert.equal(Date.parse(shown.since), Date.parse(demo.now));
  const wrong = verify('C04', file('c03.tlog-proof'));
  assert.deepEqual([wrong.code, codeOf(wrong.err)], [1, 'merkle.wrong_root']);
  const missing = pipa(['log', 'prove', '--log', log, '--certificate', text('C09')]);
  assert.deepEqual([missing.code, codeOf(missing.err)], [1, 'log.not_found']);
  const strange = pipa(['log', 'verify', '--proof', file('c03.tlog-proof'), '--certificate', text('C03'), ...demo.trust()]);
  assert.deepEqual([strange.code, codeOf(strange.err)], [2, 'log_proof.unknown_log']);
  writeFileSync(file('torn.tlog-proof'), readFileSync(file('c03.tlog-proof')).subarray(0, 60));
  assert.deepEqual([verify('C03', file('torn.tlog-proof')).code, codeOf(verify('C03', file('torn.tlog-proof')).err)], [65, 'log_proof.malformed']);
  assert.equal(verify('C03', file('none')).code, 74);
  assert.equal(verify('C03', file('c03.tlog-proof'), '--log', log).code, 64);
  assert.equal(pipa(['log', 'verify', '--log', log]).code, 64);
  // Without the index, as in a copy that somebody fetched, the entries themselves are looked through.
  rmSync(at('.index'), { recursive: true });
  assert.equal(pipaOk(['log', 'prove', '--log', log, '--certificate', text('C03')]).out, readFileSync(file('c03.tlog-proof'), 'utf8'));
});

test('log: the first proof of a certificate stays', () => {
  const { log } = newLog('first');
  const proofs = file('first-proofs');
  const add = (...ids) => pipaOk(['log', 'append', '--log', log, '--key', key('log'), ...now, '--proofs', proofs, ...ids.map(text)]);
  add('C01');
  const [name] = readdirSync(proofs);
  const before = readFileSync(path.join(proofs, name), 'utf8');
  add('C01', 'C02');
  assert.equal(readFileSync(path.join(proofs, name), 'utf8'), before);
  assert.equal(readdirSync(proofs).length, 2);
});

test('log: only its own key signs it, and one program at a time', async () => {
  const { log, append } = newLog('keys', 1);
  const foreign = pipa(['log', 'append', '--log', log, '--key', key('other'), text('C02')]);
  assert.deepEqual([foreign.code, codeOf(foreign.err)], [65, 'log.wrong_key']);
  const holder = spawn('flock', [log, 'sh', '-c', 'echo held; read wait'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((held) => holder.stdout.once('data', held));
  const busy = append(text('C02'));
  holder.stdin.end('\n');
  assert.deepEqual([busy.code, codeOf(busy.err)], [74, 'log.busy']);
});

test('log: whatever was changed in its files is found, and nothing is built on it', () => {
  const { log, vkey } = newLog('changed', 9);
  const damage = {
    'tile/0/000.p/9': [1, 'log.broken'],
    'tile/entries/000.p/9': [1, 'log.broken'],
    checkpoint: [1, 'note.wrong_signature'],
  };
  for (const [name, [code, error]] of Object.entries(damage)) {
    const copy = file('damaged');
    cpSync(log, copy, { recursive: true });
    const bytes = readFileSync(path.join(copy, name));
    if (name === 'checkpoint') bytes[bytes.indexOf('\n9\n') + 4] ^= 1;
    else bytes[40] ^= 1;
    writeFileSync(path.join(copy, name), bytes);
    const found = pipa(['log', 'verify', '--log', copy, '--vkey', vkey]);
    assert.deepEqual([found.code, codeOf(found.err)], [code, error], `${name}: ${found.err}`);
    const refused = pipa(['log', 'append', '--log', copy, '--key', key('log'), text('C10')]);
    assert.notEqual(refused.code, 0, name);
    rmSync(copy, { recursive: true });
  }
  const short = file('short');
  cpSync(log, short, { recursive: true });
  writeFileSync(path.join(short, 'tile/0/000.p/9'), 'x');
  assert.equal(codeOf(pipa(['log', 'verify', '--log', short, '--vkey', vkey]).err), 'log.broken');
  rmSync(path.join(short, 'tile/0/000.p/9'));
  assert.equal(pipa(['log', 'verify', '--log', short, '--vkey', vkey]).code, 74);
});

test('log: goes on from an older checkpoint, and a second history is noticed', () => {
  const { log, vkey, append, path: at, verify } = newLog('older', 3);
  const older = file('older.checkpoint');
  cpSync(at('checkpoint'), older);
  const fork = file('fork');
  cpSync(log, fork, { recursive: true });
  assert.equal(append(text('C04')).code, 0);
  const good = verify('--older', older, '--json');
  assert.equal(good.code, 0, good.err);
  assert.equal(good.json().goes_on_from, 3);
  assert.equal(pipa(['log', 'append', '--log', fork, '--key', key('log'), text('C05'), text('C06')]).code, 0);
  const forked = pipa(['log', 'verify', '--log', fork, '--vkey', vkey, '--older', at('checkpoint')]);
  assert.deepEqual([forked.code, codeOf(forked.err)], [1, 'merkle.wrong_root']);
  const shorter = pipa(['log', 'verify', '--log', log, '--vkey', vkey, '--older', path.join(fork, 'checkpoint')]);
  assert.deepEqual([shorter.code, codeOf(shorter.err)], [65, 'merkle.bad_size']);
  assert.equal(pipa(['log', 'verify', '--log', log, '--vkey', demoVkey()]).code, 2);
});

function demoVkey() {
  return readFileSync(demo.file('log/log.vkey'), 'utf8').trim();
}

test('log: witnesses confirm what goes on from what they saw, and are counted', () => {
  const { log, vkey, append, path: at, verify } = newLog('witnessed', 3);
  const witness = (name, where = log) => pipa(['log', 'witness', '--log', where, '--vkey', vkey, '--key', key(name), '--name', `${name}.example`, '--state', file(`${name}.seen`), ...now]);
  const [one, two] = ['w1', 'w2'].map((name) => witness(name).out.trim());
  assert.match(one, /^w1\.example\+/);
  const both = ['--witness', one, '--witness', two];
  assert.equal(verify(...both, '--threshold', '2').code, 0);
  assert.equal(witness('w1').code, 0);
  assert.equal(readFileSync(at('checkpoint'), 'utf8').split('\n').filter((line) => line.startsWith('— w1.example ')).length, 1);
  const proof = pipaOk(['log', 'prove', '--log', log, '--certificate', text('C01'), '--out', file('w.tlog-proof')]);
  assert.ok(proof);
  const shown = pipaOk(['log', 'verify', '--proof', file('w.tlog-proof'), '--certificate', text('C01'), '--vkey', vkey, ...both, '--threshold', '2', '--json']).json();
  assert.deepEqual(shown.certificates[0].witnesses.map((who) => who.name).sort(), ['w1.example', 'w2.example']);
  // Appending signs anew, so witnesses must look again.
  const before = file('before');
  cpSync(log, before, { recursive: true });
  assert.equal(append(text('C04')).code, 0);
  const few = verify(...both, '--threshold', '1');
  assert.deepEqual([few.code, codeOf(few.err)], [1, 'log_proof.few_witnesses']);
  assert.equal(witness('w1').code, 0);
  // The other history, and the older tree, are not confirmed.
  assert.equal(pipa(['log', 'append', '--log', before, '--key', key('log'), text('C05'), text('C06')]).code, 0);
  const forked = witness('w1', before);
  assert.deepEqual([forked.code, codeOf(forked.err)], [1, 'merkle.wrong_root']);
  assert.doesNotMatch(readFileSync(path.join(before, 'checkpoint'), 'utf8'), /w1\.example/);
});

test('log: in the demo every certificate is logged, and verify says since when', () => {
  assert.equal(pipaOk(['log', 'show', '--log', demo.file('log'), '--json']).json().size, 18);
  assert.equal(readdirSync(demo.file('log/proof')).length, 18);
  const whole = pipaOk(['log', 'verify', '--log', demo.file('log'), ...demo.trust(), '--json']).json();
  assert.deepEqual(whole.witnesses.map((who) => who.name), ['witness.example']);
  pipaOk(['log', 'prove', '--log', demo.file('log'), '--certificate', text('C01'), '--out', file('demo.tlog-proof')]);
  const row = (...more) => {
    const result = pipa(['verify', text('C01'), ...demo.judging(), '--json', '--lang', 'en', ...more]).json().results[0];
    return { row: result.view.sections.find((section) => section.id === 'code').rows.find((one) => one.id === 'public_log'), result };
  };
  const { row: shown, result } = row('--log-proof', file('demo.tlog-proof'));
  assert.match(shown.value, /^in the public log since 20 November 2026 09:30$/);
  assert.match(shown.note, /entry 1 of 18; witness\.example/);
  assert.equal(shown.voucher, 'log');
  assert.deepEqual(result.judgement.public_log.witnesses, ['witness.example']);
  assert.equal(result.view.vouchers.find((voucher) => voucher.id === 'log').name, 'pipa.linping.example/log');
  const { row: absent, result: without } = row();
  assert.deepEqual([absent.value, absent.voucher], ['not shown to be in the public log', 'device']);
  assert.equal(without.judgement.verdict, result.judgement.verdict);
  pipaOk(['log', 'prove', '--log', demo.file('log'), '--certificate', text('C02'), '--out', file('demo2.tlog-proof')]);
  const { row: wrong, result: refused } = row('--log-proof', file('demo2.tlog-proof'));
  assert.equal(wrong.note, 'the proof does not hold and counts as none');
  assert.equal(refused.judgement.public_log.error.code, 'merkle.wrong_root');
});

// Killed at any moment, the log is the old one or the new one, and goes on from there.
test('log: a killed append leaves a log that verifies and can be gone on with', { timeout: 300_000, ...killing }, async () => {
  const { log, vkey, append } = newLog('killed', 1);
  const batch = certificates.slice(1).map(text);
  const began = process.hrtime.bigint();
  cpSync(log, file('timing'), { recursive: true });
  pipaOk(['log', 'append', '--log', file('timing'), '--key', key('log'), ...now, ...batch]);
  const whole = Number(process.hrtime.bigint() - began) / 1e6;
  const outcomes = new Set();
  for (let round = 0; round < 24; ++round) {
    const copy = file('to-kill');
    rmSync(copy, { recursive: true, force: true });
    cpSync(log, copy, { recursive: true });
    const running = spawn(pipaProgram, ['log', 'append', '--log', copy, '--key', key('log'), ...now, ...batch], { stdio: 'ignore' });
    const ended = new Promise((done) => running.once('exit', done));
    await new Promise((wait) => setTimeout(wait, (whole * 1.2 * round) / 24));
    running.kill('SIGKILL');
    await ended;
    const state = pipaOk(['log', 'verify', '--log', copy, '--vkey', vkey, '--json']).json();
    outcomes.add(state.size);
    assert.ok([1, 18].includes(state.size), `${state.size}`);
    pipaOk(['log', 'append', '--log', copy, '--key', key('log'), ...now, ...batch]);
    const after = pipaOk(['log', 'verify', '--log', copy, '--vkey', vkey, '--older', path.join(log, 'checkpoint'), '--json']).json();
    assert.equal(after.size, 18);
  }
  assert.ok(outcomes.has(1), 'some were killed in time');
  assert.ok(append(...batch).code === 0);
});

test('log: what an interrupted append left beyond the checkpoint is written anew', () => {
  const { log, append, path: at, verify } = newLog('leftover', 3);
  for (const name of ['tile/0/000.p/4', 'tile/entries/000.p/4', 'tile/0/000', 'tile/entries/000']) writeFileSync(at(name), 'left over');
  mkdirSync(at('.index'), { recursive: true });
  for (const name of readdirSync(at('.index')).filter((one) => one.length === 2)) writeFileSync(at(`.index/${name}`), 'cut', { flag: 'a' });
  assert.equal(append(text('C04')).code, 0);
  assert.equal(verify().code, 0);
  for (const id of ['C01', 'C02', 'C03', 'C04']) assert.equal(pipa(['log', 'prove', '--log', log, '--certificate', text(id)]).code, 0);
  assert.equal(statSync(at('tile/0/000.p/4')).size, 128);
});

test('log: a full disk leaves the old log', { skip: !existsSync('/bin/sh') }, () => {
  const { log, verify } = newLog('full', 2);
  // Files may not grow beyond nothing: every write fails, as on a full disk.
  const full = pipa(['log', 'append', '--log', log, '--key', key('log'), text('C03')], { shell: 'trap "" XFSZ; ulimit -f 0; exec "$@"' });
  assert.deepEqual([full.code, codeOf(full.err)], [74, 'file.unwritable']);
  assert.equal(verify('--json').json().size, 2);
});

test('log verify --state: remembers what it saw, and refuses a log that was set back', () => {
  const { log, append, verify } = newLog('remembered', 3);
  const state = ['--state', file('remembered.seen')];
  assert.equal(verify(...state, '--json').json().seen_before, undefined);
  cpSync(log, file('remembered.copy'), { recursive: true });
  append(...certificates.slice(3, 6).map(text));
  assert.equal(verify(...state, '--json').json().seen_before, 3);
  const seen = readFileSync(file('remembered.seen'), 'utf8');
  // Smaller than what was seen, and then as large, with another history.
  rmSync(log, { recursive: true });
  cpSync(file('remembered.copy'), log, { recursive: true });
  assert.deepEqual([verify(...state).code, codeOf(verify(...state).err)], [1, 'merkle.bad_size']);
  append(...certificates.slice(6, 10).map(text));
  assert.deepEqual([verify(...state).code, codeOf(verify(...state).err)], [1, 'merkle.wrong_root']);
  assert.equal(readFileSync(file('remembered.seen'), 'utf8'), seen, 'what was seen stays');
  assert.equal(verify().code, 0, 'by itself the log cannot tell');
  assert.equal(pipa(['log', 'verify', '--proof', 'x', '--certificate', 'y', '--vkey', 'z', ...state]).code, 64);
});
