// A server that treats single files of a site as bad servers and lines do.

import { createServer } from 'node:http';
import { after } from 'node:test';

/** @typedef {import('./districts.mjs').Files} Files */
/** @typedef {(response: import('node:http').ServerResponse, content: Buffer) => void} Treatment */

export const slow_ms = 4000; // longer than any file is waited for
const pieces_ms = 100;

/** @type {Record<string, Treatment>} */
export const treatments = {
  slow: (response, content) => { setTimeout(() => response.end(content), slow_ms).unref(); },
  silent: () => {},
  // It is there in no time but never ends: a byte now and then, or as many as are taken.
  dripping: (response, content) => {
    response.write(content);
    const clock = setInterval(() => response.write('x'), pieces_ms);
    response.once('close', () => clearInterval(clock));
  },
  endless: (response) => {
    const block = Buffer.alloc(1 << 16);
    const more = () => { while (response.write(block)); };
    response.on('drain', more);
    more();
  },
  'broken off': (response, content) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, content.length >> 1));
    setTimeout(() => response.destroy(), pieces_ms);
  },
  'an error': (response) => { response.writeHead(503).end('<html>busy</html>'); },
};

/** What a face can know of a treated file at the latest when its patience is over. @param {string} treatment @returns {'missing' | 'too large'} */
export const amountsTo = (treatment) => (treatment === 'endless' ? 'too large' : 'missing');

/** Sites side by side on one address of this machine. It ends with the test file. */
export async function openServer() {
  /** @type {Map<string, {files: Files, treat: (name: string) => Treatment | undefined, site: {url: string, asked_ms: number, names: string[]}}>} */
  const sites = new Map();
  const server = createServer((request, response) => {
    const [, id, ...rest] = String(request.url).split('/');
    const found = sites.get(id);
    const name = rest.join('/');
    if (!found) return void response.writeHead(404).end();
    found.site.asked_ms ||= Date.now();
    found.site.names.push(name);
    const content = found.files.get(name), treatment = found.treat(name);
    if (treatment) treatment(response, content ?? Buffer.alloc(0));
    else if (content) response.end(content);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
  after(() => { server.closeAllConnections(); server.close(); });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    /** `asked_ms`: when it was first asked for something. @param {Files} files @param {(name: string) => Treatment | undefined} [treat] */
    serve(files, treat = () => undefined) {
      const id = String(sites.size);
      const site = { url: `http://127.0.0.1:${port}/${id}`, asked_ms: 0, names: /** @type {string[]} */ ([]) };
      sites.set(id, { files, treat, site });
      return site;
    },
  };
}

/** A busy machine may be what is late itself: then it is asked once more. @param {() => Promise<void>} ask */
export const twice = (ask) => ask().catch(ask);

/** Not all at once. @template T @param {number} width @param {(() => Promise<T>)[]} tasks @returns {Promise<T[]>} */
export async function sideBySide(width, tasks) {
  /** @type {T[]} */
  const results = [];
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(width, tasks.length) }, async () => {
    for (let at = next++; at < tasks.length; at = next++) results[at] = await tasks[at]();
  }));
  return results;
}
