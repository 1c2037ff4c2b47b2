// How the page reaches its desk (desk.mjs): in a worker, or in its own thread where the browser has no worker for it.

/** @typedef {import('./desk.mjs').Desk} Desk */
/** @typedef {{[Name in keyof Desk]: Desk[Name]}} Methods */
/** @typedef {<Name extends keyof Methods>(name: Name, ...values: Parameters<Methods[Name]>) => Promise<Awaited<ReturnType<Methods[Name]>>>} CallDesk */
/** @typedef {{resolve: (value: any) => void, reject: (error: Error) => void}} Waiting */

/** Calls are taken in the order they are made in. @returns {Promise<CallDesk>} */
function inWorker() {
  return new Promise((opened, failed) => {
    const worker = new Worker('/desk.mjs', { type: 'module' });
    /** @type {Map<number, Waiting>} */
    const waiting = new Map();
    let calls = 0;
    const call = (/** @type {string} */ name, /** @type {any[]} */ ...values) => new Promise((resolve, reject) => {
      worker.postMessage({ number: ++calls, name, values });
      waiting.set(calls, { resolve, reject });
    });
    worker.onmessage = ({ data: { number, value, error } }) => {
      if (number === undefined) return opened(/** @type {CallDesk} */ (call)); // it says that it is there
      const { resolve, reject } = /** @type {Waiting} */ (waiting.get(number));
      waiting.delete(number);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    };
    worker.onerror = (event) => {
      event.preventDefault(); // what the browser lacks is no fault of the page
      failed(new Error('worker'));
    };
  });
}

/** @returns {Promise<CallDesk>} */
async function inPage() {
  const { Desk } = await import('./desk.mjs');
  const desk = new Desk();
  return async (name, ...values) => /** @type {any} */ (desk)[name](...values);
}

/** @param {Promise<WebAssembly.Module>} compiling verify.wasm @param {import('./bridge/inquiry.mjs').Anchor} anchor @param {number} demoNow */
export async function openDesk(compiling, anchor, demoNow) {
  compiling.catch(() => {}); // told when it is waited for
  const open = async (/** @type {CallDesk} */ call) => {
    await call('open', await compiling, anchor, demoNow);
    return call;
  };
  return inWorker().then(open).catch(() => inPage().then(open));
}
