// A portal's files: a folder with wasm modules, i18n/ and packs.

/** @param {string | URL} url */
export async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {string | URL} url */
export const text = async (url) => new TextDecoder().decode(await bytes(url));
