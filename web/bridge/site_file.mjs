// One file of a site: no more of it than is wanted, no longer than its patience, and what became of it. Decides nothing; how much and
// how long the core says (inquiry/file_limits.hpp).

/** What came of it is one of `arrivals`. @typedef {{arrival: number, content: Uint8Array}} Delivery */
/** `patience` in ms; `signal` ends it before that. @typedef {{maxBytes: number, patience: number, fetch?: typeof fetch, signal?: AbortSignal}} Terms */

export const arrivals = { here: 0, notThere: 1, failed: 2, tooLarge: 3 }; // inquiry/session.hpp
const nothing = new Uint8Array();
// What counts even late is waited for so long (ms).
const latest = 60_000;

/** @param {Response} response @param {number} maxBytes @returns {Promise<Delivery>} */
async function readBody(response, maxBytes) {
  const reader = response.body?.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size <= maxBytes) continue;
    reader?.cancel().catch(() => {});
    return { arrival: arrivals.tooLarge, content: nothing };
  }
  const content = new Uint8Array(size);
  let end = 0;
  for (const part of parts) {
    content.set(part, end);
    end += part.length;
  }
  return { arrival: arrivals.here, content };
}

/** @param {string} url @param {Terms} terms @returns {Promise<Delivery>} */
export async function bringFile(url, { maxBytes, patience, fetch = globalThis.fetch, signal }) {
  const going = new AbortController();
  const end = () => going.abort();
  const clock = setTimeout(end, patience);
  signal?.addEventListener('abort', end);
  try {
    const response = await fetch(url, { signal: going.signal });
    if (response.ok) return await readBody(response, maxBytes);
    return { arrival: [404, 410].includes(response.status) ? arrivals.notThere : arrivals.failed, content: nothing };
  } catch {
    return { arrival: arrivals.failed, content: nothing };
  } finally {
    clearTimeout(clock);
  }
}

/**
 * What became of it within its patience; where it comes after that, `late` is called with it.
 * @param {string} url @param {Terms} terms @param {(delivery: Delivery) => void} late @returns {Promise<Delivery>}
 */
export async function bringEvenLate(url, terms, late) {
  const coming = bringFile(url, { ...terms, patience: latest });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let clock;
  const waiting = new Promise((resolve) => { clock = setTimeout(resolve, terms.patience, null); });
  const first = await Promise.race([coming, /** @type {Promise<null>} */ (waiting)]);
  clearTimeout(clock);
  if (first !== null) return first;
  coming.then(late);
  return { arrival: arrivals.failed, content: nothing };
}
