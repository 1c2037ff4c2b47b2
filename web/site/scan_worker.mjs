// Reads QR codes off the page's main thread: one picture in, its codes out: what each says and where it stands;
// or what would help to read them.

import { WasmModule } from './bridge/wasm_memory.mjs';

const interfaceVersion = 1;
const reader = WasmModule.load(fetch(new URL('./scan.wasm', import.meta.url)), interfaceVersion);
reader.catch(() => {}); // reported with the first picture

self.onmessage = async ({ data }) => {
  try {
    const module = await reader;
    if (data.advice) return self.postMessage({ advice: module.json('pipa_scan_advice', data.pixels, data.width, data.height).advice });
    const answer = module.json('pipa_scan_rgba', data.pixels, data.width, data.height, data.thorough ? 1 : 0);
    self.postMessage({ codes: (answer.codes ?? []).filter((/** @type {{text?: string}} */ code) => code.text) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
