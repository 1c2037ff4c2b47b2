// An object that works in a worker of the page, or in the page itself where the browser has no worker for it: the same class from the same script.
// What goes in and comes out is what can be sent: numbers, texts, bytes, compiled modules. Calls are taken in the order they are made in.

/** @typedef {(name: any, ...values: any[]) => Promise<any>} Call */
/** @typedef {{resolve: (value: any) => void, reject: (error: Error) => void}} Waiting */

/** @param {string} script @returns {Promise<Call>} */
function inWorker(script) {
  return new Promise((opened, failed) => {
    const worker = new Worker(script, { type: 'module' });
    /** @type {Map<number, Waiting>} */
    const waiting = new Map();
    let calls = 0;
    /** @type {Call} */
    const call = (name, ...values) => new Promise((resolve, reject) => {
      worker.postMessage({ number: ++calls, name, values });
      waiting.set(calls, { resolve, reject });
    });
    worker.onmessage = ({ data: { number, value, error } }) => {
      if (number === undefined) return opened(call); // it says that it is there
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

/** @param {string} script @returns {Promise<Call>} */
async function inPage(script) {
  const object = new (await import(script)).default();
  return async (name, ...values) => object[name](...values);
}

/** @param {string} script whose default is the class, and which serves it @param {(call: Call) => Promise<unknown>} open the first calls @returns {Promise<Call>} */
export async function reach(script, open) {
  const first = async (/** @type {Call} */ call) => {
    await open(call);
    return call;
  };
  return inWorker(script).then(first).catch(() => inPage(script).then(first));
}

/** In a worker. @param {new () => any} Served */
export function serve(Served) {
  if (!('WorkerGlobalScope' in globalThis)) return;
  const object = new Served();
  globalThis.onmessage = async ({ data: { number, name, values } }) => {
    try {
      globalThis.postMessage({ number, value: await object[name](...values) });
    } catch (error) {
      globalThis.postMessage({ number, error: String(error) });
    }
  };
  globalThis.postMessage('here');
}
