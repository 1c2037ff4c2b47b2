// Reads the answer aloud with a voice of the device, which needs no network, and marks the sentence that is being read.

/** @typedef {import('./page.mjs').Page} Page */

const sentences = '#word, .verdict .reason, .verdict .next span, .further, #goods, .goods p, .facts > div, .in-a-word, .fresh, .limits li';

/** A voice of this device for the language, never one that sends the text away. @param {string} language */
function voiceFor(language) {
  const wanted = language.slice(0, 2).toLowerCase();
  return speechSynthesis.getVoices().find(({ lang, localService }) => localService && lang.toLowerCase().startsWith(wanted));
}

/** Some browsers know their voices only after a while. */
async function voices() {
  if (speechSynthesis.getVoices().length > 0) return;
  await Promise.race([new Promise((resolve) => { speechSynthesis.addEventListener('voiceschanged', resolve, { once: true }); }), new Promise((resolve) => { setTimeout(resolve, 1500); })]);
}

let turn = 0;

/** @param {Element} node @param {SpeechSynthesisVoice} voice */
function say(node, voice) {
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(node.textContent ?? '');
    words.voice = voice;
    words.lang = voice.lang;
    words.onend = words.onerror = resolve;
    speechSynthesis.speak(words);
  });
}

/** Starts, or stops what is being read. @param {Page} page @param {(text: string) => void} report */
export async function readAloud(page, report) {
  const mine = ++turn;
  if (!('speechSynthesis' in window)) return report(page.words('more.read.none'));
  if (speechSynthesis.speaking) return speechSynthesis.cancel();
  await voices();
  const voice = voiceFor(page.language);
  if (voice === undefined) return report(page.words('more.read.none'));
  report(page.words('more.read.stop'));
  for (const node of document.querySelectorAll(sentences)) {
    if (mine !== turn || !node.isConnected) break;
    node.classList.add('spoken');
    node.scrollIntoView({ block: 'nearest' });
    await say(node, voice);
    node.classList.remove('spoken');
  }
  if (mine === turn) report('');
}
