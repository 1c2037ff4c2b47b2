// What this browser keeps for the next visit: one value, made and read by the core alone (src/inquiry/session.hpp), under one key. It belongs to
// the origin. Storage may be forbidden, full or hang: then everything works all the same, and the next visit starts anew.

const patience = 2000; // ms; some browsers' storage never answers

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} use */
async function withStore(mode, use) {
  const opening = indexedDB.open('pipa', 2);
  opening.onupgradeneeded = () => {
    for (const name of opening.result.objectStoreNames) opening.result.deleteObjectStore(name);
    opening.result.createObjectStore('device');
  };
  const database = await settled(opening);
  try {
    return await settled(use(database.transaction('device', mode).objectStore('device')));
  } finally {
    database.close();
  }
}

/** @returns {Promise<Uint8Array>} empty where nothing is kept */
export async function readState() {
  try {
    const late = new Promise((resolve) => { setTimeout(resolve, patience); });
    return await Promise.race([withStore('readonly', (store) => store.get('state')), late]) ?? new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

/** @param {Uint8Array} state */
export async function keepState(state) {
  try { await withStore('readwrite', (store) => store.put(state, 'state')); } catch { /* then the next visit starts anew */ }
}
