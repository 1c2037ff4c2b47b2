// The answer as a picture to share, drawn on the device: the verdict in its word and colour, the reason, the goods, the number to check it by, and
// as of when. All words are the core's.

import { element } from './dom/nodes.mjs';

/** @typedef {import('./page.mjs').Page} Page */

const [width, height, margin] = [1080, 1350, 80];
const face = 'system-ui, "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif';

/** Lines no wider than `most`: of Chinese between any two signs but before a closing one, else between words. @param {CanvasRenderingContext2D} context @param {string} text @param {number} most */
export function linesOf(context, text, most) {
  const pieces = text.match(/[\u3000-\u303f\u3400-\u9fff\uff00-\uffef][\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\uff09\u300b\u201d\u300d]*|[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+|\s+/g) ?? [];
  const lines = [''];
  for (const piece of pieces) {
    const line = lines[lines.length - 1] + piece;
    if (context.measureText(line.trimEnd()).width <= most) lines[lines.length - 1] = line;
    else lines.push(piece.trimStart());
  }
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
}

/** @param {string} level of the verdict; its colour is the page's */
const colourOf = (level) => getComputedStyle(document.documentElement).getPropertyValue(`--${level}`).trim();

/** @param {Page} page */
function drawCard(page) {
  const { view } = page.answer();
  const canvas = /** @type {HTMLCanvasElement} */ (element('canvas', { width: String(width), height: String(height) }));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  let y = margin;
  const write = (/** @type {string} */ text, size = 40, weight = 400, colour = '#23261f', most = 20) => {
    context.font = `${weight} ${size}px ${face}`;
    context.fillStyle = colour;
    for (const line of linesOf(context, text, width - 2 * margin).slice(0, most)) {
      y += size * 1.35;
      context.fillText(line, margin, y);
    }
  };
  context.fillStyle = '#fbf8ef';
  context.fillRect(0, 0, width, height);
  context.fillStyle = colourOf(view.verdict.level);
  context.fillRect(0, 0, width, 470);
  write(page.words('ui.name'), 34, 400, '#fff');
  y += 20;
  write(view.verdict.word, 84, 700, '#fff', 2);
  y += 10;
  write(view.verdict.reason, 38, 400, '#fff', 4);
  y = 500;
  for (const row of view.summary.rows.slice(0, 6)) write(`${row.label}  ${row.value}`, 40, row.id === 'product' ? 700 : 400, '#23261f', 2);
  y += 25;
  const number = view.sections.flatMap((section) => section.rows).find((row) => row.id === 'number');
  if (number) write(`${number.label}  ${number.value}`, 34, 400, '#5c5f52', 2);
  write(`${page.words('ui.reason_code')} ${view.verdict.reason_code}`, 30, 400, '#5c5f52');
  write(view.freshness.text, 34, 400, '#5c5f52', 2);
  if (view.demo_notice) write(view.demo_notice, 34, 700, '#8a5300', 2);
  y = Math.max(y, height - 170);
  write(`${page.words('more.share.check')} ${location.host}`, 34, 700, '#23261f', 2);
  return canvas;
}

/** @param {Page} page @param {Element} place */
export async function openShareCard(page, place) {
  const { words } = page;
  const { view } = page.answer();
  const canvas = drawCard(page);
  const picture = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
  const url = URL.createObjectURL(picture);
  const file = new File([picture], 'pipa.png', { type: 'image/png' });
  const shared = `${view.verdict.word} ${view.verdict.reason} ${view.freshness.text}`;
  const buttons = [element('a', { class: 'button', href: url, download: 'pipa.png' }, words('more.card.save'))];
  if (navigator.canShare?.({ files: [file] }))
    buttons.unshift(element('button', { type: 'button', click: () => { navigator.share({ files: [file], title: view.title }).catch(() => {}); } }, words('more.share')));
  place.replaceChildren(element('figure', { class: 'share-card' }, element('img', { src: url, alt: shared, width: '270', height: '338' }), element('div', { class: 'actions' }, ...buttons)));
}
