// What a published site brings to the native kiosk while it runs: numbers, trust that must never go back, recalls that arrive, and files
// that stall or lie.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, test } from 'node:test';

import { makeDemo, pipa, play, playBeside, scratch, startKiosk } from './support.mjs';

const { folder, file } = scratch();
const demo = makeDemo(folder);
const small = ['--size', '360x640', '--dpi', '31'];
const textOf = (/** @type {string} */ id) => demo.cases.get(id).text;
const pinned = (/** @type {string} */ site) => ['--site', site, '--root-pin', demo.file('root.pin'), '--now', demo.now, ...small];

/** A copy of the demo's site. @param {string} name */
function copyOfSite(name) {
  const site = file(name);
  cpSync(demo.file('site'), site, { recursive: true });
  return site;
}

/** Serves what `answer` says, on loopback. @param {import('node:http').RequestListener} answer */
async function serve(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
  after(() => { server.closeAllConnections(); server.close(); });
  return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
}

test('number: the keypad leads to an answer, and what leads nowhere can be typed again', () => {
  const { number } = demo.cases.get('C11');
  const found = demo.hasRecords ? ['expect verdict revoked', 'expect reason notice.recalled'] : ['expect verdict could_not_check', 'expect reason number.no_records', 'expect target/result/retype yes'];
  play(file('number.txt'), [...demo.options, ...small], ['tap attract/begin_en', 'tap scan/type', ...[...number].map((key) => `tap type/key_${key}`), `expect typed ${number}`,
    'tap type/done', 'expect screen result', `expect number ${number}`, ...found, 'tap result/again', 'expect screen scan'].join('\n'));
  play(file('alone.txt'), [...demo.packOptions, ...small], `tap attract/begin_zh\ntap scan/type\ntype ${number}\nenter\nexpect reason number.no_records\n`);
});

test('result: back from an article to the answer, where it was left', () => {
  play(file('article.txt'), [...demo.options, ...small], ['tap attract/begin_en', `paste ${textOf('C11')}`, 'expect reason notice.recalled',
    'tap scroll/down', 'tap scroll/down', 'expect scrolled yes',
    'tap result/lesson/purchase', 'expect screen learn', 'tap learn/answer', 'expect screen result', 'expect scrolled yes', 'tap result/again', 'expect screen scan'].join('\n'));
});

test('trust: an older bundle is refused and said, and the one that was verified last still serves, across restarts', () => {
  const site = copyOfSite('site'), keep = file('kept'), bundle = path.join(site, 'bundle.cbor');
  const options = [...pinned(site), '--keep', keep];
  const starts = (/** @type {string} */ trouble) => play(file('keep.txt'), options, `
    expect trouble ${trouble}
    tap attract/begin_en
    scan ${textOf('C06')}
    wait 200
    expect reason notice.recalled
    expect freshness fresh
  `).err;
  assert.equal(starts('none'), '');
  assert.deepEqual(readdirSync(keep), ['state.cbor']);

  copyFileSync(demo.file('bundle-old.cbor'), bundle);
  assert.match(starts('trust.rolled_back tuf.rollback'), /going on with the one verified last: tuf\.rollback/);
  writeFileSync(bundle, readFileSync(demo.file('bundle.cbor')).subarray(0, 5000));
  assert.match(starts('trust.refused cbor.truncated'), /verified last: cbor\.truncated/);
  rmSync(bundle);
  assert.match(starts('trust.offline file.unreadable'), /verified last: file\.unreadable/);
  copyFileSync(demo.file('bundle.cbor'), bundle);
  starts('none');

  // What was kept is spoilt, and nothing comes: nothing is trusted, and nothing called forged.
  rmSync(bundle);
  writeFileSync(path.join(keep, 'state.cbor'), 'spoilt');
  play(file('keep.txt'), options, `
    expect trouble kiosk.trouble.no_trust file.unreadable
    tap attract/begin_en
    scan ${textOf('C04')}
    wait 200
    expect reason check.no_trust
  `);
});

test('trust: a bundle of another root is none, and a folder that cannot be written only loses the memory', () => {
  const other = demo.options.map((word) => (word === demo.file('root.pin') ? '00'.repeat(32) : word));
  play(file('root.txt'), [...other, ...small], 'expect trouble kiosk.trouble.no_trust bundle.wrong_root\n');
  writeFileSync(file('no-folder'), '');
  const { err } = play(file('memory.txt'), [...demo.options, '--keep', file('no-folder'), ...small], 'expect trouble none\n');
  assert.match(err, /what was verified cannot be kept: /);
});

test('trust: a site says itself which kind it is by root.pin, and one that cannot be read never leads to a pack', () => {
  const site = copyOfSite('which'), pin = path.join(site, 'root.pin');
  const options = ['--site', site, '--office-key', demo.file('office.pub'), '--now', demo.now, ...small];
  const withdrawn = (/** @type {string[]} */ ...lines) => ['tap attract/begin_en', `paste ${textOf('C06')}`, ...lines].join('\n');
  play(file('which.txt'), options, withdrawn('expect reason notice.recalled'));
  const unreadable = (/** @type {() => void} */ spoil, /** @type {string} */ code) => {
    rmSync(pin, { recursive: true });
    spoil();
    play(file('which.txt'), options, `expect trouble kiosk.trouble.no_trust ${code}\n${withdrawn('expect reason check.no_trust')}`);
  };
  unreadable(() => writeFileSync(pin, 'no digits'), 'hex.bad_length');
  unreadable(() => mkdirSync(pin), 'file.unreadable');
  unreadable(() => execFileSync('mkfifo', [pin]), 'file.unreadable');
});

/**
 * A site of its own with a bundle beside it that recalls C07, all other files of which are there already.
 * @param {string} name
 */
function recallToCome(name) {
  const at = (/** @type {number} */ seconds) => ['--now', new Date(Date.parse(demo.now) + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')];
  const run = (/** @type {string[]} */ ...words) => execFileSync(pipa, words, { stdio: 'pipe' });
  const own = (/** @type {string} */ part) => file(`${name}-${part}`);
  const key = (/** @type {string} */ role) => own(`${role}.key`), on = ['--store', own('office.store')], office = demo.file('keys/office.key');
  for (const role of ['root', 'targets', 'online']) run('keys', 'new', '--out', key(role));
  run('store', 'init', ...on, '--key', office, ...at(0));
  run('store', 'add', ...on, '--key', office, '--indices', '4096+1024', demo.file('trust.cose'), demo.file('certificates.csv'), ...at(0));
  run('roles', 'init', ...on, ...at(0), '--root-key', key('root'), '--targets-key', key('targets'), '--online-key', key('online'), '--sign-key', key('root'));
  const page = own('page'), site = own('site'), next = own('next');
  mkdirSync(page);
  writeFileSync(path.join(page, 'index.html'), '<meta content="@PIPA_OFFICE_KEY@">');
  const publish = (/** @type {string} */ out, /** @type {number} */ seconds) => run('publish', ...on, '--sign-key', key('online'), '--sign-key', key('targets'), '--out', out,
    '--site', page, '--office-key', demo.file('office.pub'), ...at(seconds));
  publish(site, 60);
  cpSync(site, next, { recursive: true });
  run('recall', ...on, '--key', demo.file('keys/bureau.key'), '--id', 'N-9', '--title', '召回', '--certificate', demo.cases.get('C07').number, ...at(120));
  publish(next, 180);
  const bundle = path.join(next, 'bundle.cbor');
  cpSync(next, site, { recursive: true, filter: (from) => from !== bundle }); // all names but this one are new
  return { site, pin: ['--root-pin', path.join(site, 'root.pin'), ...at(300), ...small], script: `
    tap attract/begin_en
    paste ${textOf('C07')}
    expect verdict genuine
    publish ${bundle} ${path.join(site, 'bundle.cbor')}
    wait 45000
    expect screen result
    expect reason notice.recalled
    tap result/again
    expect screen scan
  ` };
}

test('live: a recall that is published into the running site reaches the open answer within a minute', () => {
  const { site, pin, script } = recallToCome('live');
  play(file('live.txt'), ['--site', site, ...pin], script);
});

for (const dated of [true, false])
  test(`live: so does one of a site over HTTP ${dated ? 'that tells the date of its files' : 'that tells nothing of its files'}`, async () => {
    const { site, pin, script } = recallToCome(`http-${dated}`);
    utimesSync(path.join(site, 'bundle.cbor'), 1_800_000_000, 1_800_000_000); // dates of HTTP tell seconds, and a script waits for none
    /** @type {string[]} */
    const asked = [];
    const address = await serve((request, response) => {
      const name = path.join(site, String(request.url));
      if (!existsSync(name)) return void response.writeHead(404).end();
      if (request.url === '/bundle.cbor') asked.push(String(request.method));
      if (dated) response.setHeader('Last-Modified', statSync(name).mtime.toUTCString());
      response.end(request.method === 'HEAD' ? undefined : readFileSync(name));
    });
    await playBeside(file(`http-${dated}.txt`), ['--site', address, ...pin], script);
    assert.deepEqual(asked, ['GET', 'HEAD', 'GET']);
  });

test('live: a site over HTTP that is asked again and again and has nothing new is not fetched anew', async () => {
  /** @type {string[]} */
  const asked = [];
  const address = await serve((request, response) => {
    const name = path.join(demo.file('site'), String(request.url));
    if (!existsSync(name)) return void response.writeHead(404).end();
    if (request.url === '/bundle.cbor') asked.push(String(request.method));
    response.setHeader('ETag', '"one"');
    response.end(request.method === 'HEAD' ? undefined : readFileSync(name));
  });
  await playBeside(file('quiet.txt'), [...pinned(address), '--idle', '3600'], `tap attract/begin_en\npaste ${textOf('C07')}\nexpect verdict genuine\nwait 100000\nexpect verdict genuine\n`);
  assert.deepEqual(asked, ['GET', 'HEAD', 'HEAD', 'HEAD']);
});

test('files: a pipe in place of any of them holds nothing up', () => {
  const site = copyOfSite('pipes');
  const record = demo.hasRecords ? readdirSync(path.join(site, 'records'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name)) : [];
  for (const name of ['learn/pack.cose', ...record.map((each) => path.relative(site, each))]) {
    rmSync(path.join(site, name));
    execFileSync('mkfifo', [path.join(site, name)]);
  }
  play(file('pipes.txt'), pinned(site), `tap attract/begin_en\npaste ${textOf('C06')}\nexpect reason notice.recalled\nexpect target/bar/learn no\n`);
  rmSync(path.join(site, 'bundle.cbor'));
  execFileSync('mkfifo', [path.join(site, 'bundle.cbor')]);
  play(file('pipes.txt'), pinned(site), `expect trouble kiosk.trouble.no_trust file.unreadable\ntap attract/begin_en\npaste ${textOf('C06')}\nexpect reason check.no_trust\n`);
});

test('files: a site over HTTP serves like its folder', async () => {
  const address = await serve((request, response) => {
    try {
      response.end(readFileSync(path.join(demo.file('site'), String(request.url))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await playBeside(file('http.txt'), [...pinned(address)], `expect trouble none\ntap attract/begin_en\npaste ${textOf('C06')}\nexpect reason notice.recalled\nexpect target/bar/learn yes\n`);
});

test('files: trust that comes after its patience is taken all the same', async () => {
  const late_ms = { '/bundle.cbor': 4000, '/learn/pack.cose': 6000 }; // a script waits for the lessons
  const address = await serve((request, response) => {
    const name = String(request.url);
    setTimeout(() => response.end(readFileSync(path.join(demo.file('site'), name))), late_ms[/** @type {keyof typeof late_ms} */ (name)] ?? 0);
  });
  const told = await playBeside(file('late.txt'), [...pinned(address)], `expect trouble none\ntap attract/begin_en\npaste ${textOf('C06')}\nexpect reason notice.recalled\n`);
  assert.match(told, /cannot be used: file\.unreadable[^]*is in use again/);
});

test('files: a server that never answers leaves the kept trust, said with the answer, and SIGTERM ends at once', async () => {
  const keep = file('kept-http');
  play(file('stall.txt'), [...demo.options, ...small, '--keep', keep], 'expect trouble none\n');
  const address = await serve(() => {});
  await playBeside(file('stall.txt'), [...pinned(address), '--keep', keep], `
    expect trouble trust.offline file.unreadable
    tap attract/begin_en
    paste ${textOf('C06')}
    expect reason notice.recalled
  `);
  const running = startKiosk([...pinned(address), '--keep', keep]);
  await new Promise((resolve) => { setTimeout(resolve, 1500); }); // the first wait is longer
  const asked = Date.now();
  assert.equal(await running.end(), 0);
  assert.ok(Date.now() - asked < 1000);
});
