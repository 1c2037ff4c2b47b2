// A portal's files: a folder with wasm modules, i18n/, trust.cose, office.pub. How trust is loaded is decided here alone.

/** @param {string | URL} url */
export async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {string | URL} url */
export const text = async (url) => new TextDecoder().decode(await bytes(url));

/** @param {string} hex */
export const fromHex = (hex) => Uint8Array.from(hex.trim().match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** @param {string | URL} portal */
export const fetchTrust = (portal) => bytes(new URL('trust.cose', portal));

/** @param {{openTrust(message: Uint8Array, officeKey: Uint8Array): void}} session @param {Uint8Array} trust as fetched @param {Uint8Array} officeKey */
export const openTrust = (session, trust, officeKey) => session.openTrust(trust, officeKey);
