// What this browser keeps for the next visit: one value, made and read by the core alone (src/inquiry/session.hpp), under one key. It
// belongs to the origin, and so to all of its open pages: each writes in one transaction with what it finds there, and the core says what
// stays of both. Storage may be forbidden, full or hang: then everything works all the same, and the next visit starts anew.

const patience = 2000; // ms; some browsers' storage never answers
const nothing = new Uint8Array();

/** @param {unknown} value as it was kept */
const bytesOf = (value) => (value instanceof Uint8Array ? value : nothing);

export class StateStore {
  #database;

  /** @param {string} database */
  constructor(database) {
    this.#database = database;
  }

  /** @returns {Promise<Uint8Array>} empty where nothing is kept */
  async load() {
    /** @type {unknown} */
    let kept;
    const reading = this.#run('readonly', (store) => {
      store.get('state').onsuccess = ({ target }) => { kept = /** @type {IDBRequest} */ (target).result; };
    });
    const late = new Promise((resolve) => { setTimeout(resolve, patience); });
    await Promise.race([reading.catch(() => {}), late]);
    return bytesOf(kept);
  }

  /**
   * @param {(kept: Uint8Array) => Uint8Array | null} make from what is kept now, perhaps by another page, to what is kept from now on;
   * null where nothing is new. Nobody else reads or writes meanwhile.
   */
  async keep(make) {
    const writing = this.#run('readwrite', (store) => {
      const reading = store.get('state');
      reading.onsuccess = () => {
        const state = make(bytesOf(reading.result));
        if (state !== null) store.put(state, 'state');
      };
    });
    await writing.catch(() => {}); // then the next visit starts anew
  }

  /** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => void} use @returns {Promise<void>} */
  #run(mode, use) {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(this.#database, 2);
      opening.onupgradeneeded = () => {
        for (const name of opening.result.objectStoreNames) opening.result.deleteObjectStore(name);
        opening.result.createObjectStore('device');
      };
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        try {
          const transaction = database.transaction('device', mode);
          transaction.oncomplete = () => resolve();
          transaction.onabort = () => reject(transaction.error);
          use(transaction.objectStore('device'));
        } catch (error) {
          reject(error);
        } finally {
          database.close(); // once the transaction is over
        }
      };
    });
  }
}
