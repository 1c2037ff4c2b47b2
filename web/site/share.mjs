// The answer as a text to share.

/** @typedef {import('./bridge/inquiry.mjs').View} View */
/** @typedef {import('./bridge/inquiry.mjs').Answer} Answer */
/** @typedef {(key: string) => string} Words */

/** @param {View} view @param {string} id */
const rowOf = (view, id) => view.sections.flatMap((section) => section.rows).find((row) => row.id === id);

/** @param {(string | undefined | false)[]} lines */
const joined = (lines) => lines.filter((line) => line).join('\n');

/** "Product · quantity"; empty without a certificate. @param {View} view */
const goods = (view) => ['product', 'quantity'].flatMap((id) => rowOf(view, id)?.value ?? []).join(' · ');

/** @param {View} view @param {string} id */
function labelled(view, id) {
  const row = rowOf(view, id);
  return row && `${row.label}: ${row.value}`;
}

/**
 * The answer in a few lines. Whoever gets them can look the number up; where nobody stands behind the number, there is the whole code.
 * @param {Answer} answer @param {Words} words @param {string} site
 */
export function shareText({ view, text }, words, site) {
  const number = rowOf(view, 'number');
  const vouched = number !== undefined && number.voucher !== 'nobody';
  return joined([`${view.verdict.word}${goods(view) && ` · ${goods(view)}`}`, view.verdict.reason, vouched && labelled(view, 'number'),
    view.freshness.text, view.demo_notice, `${words('more.share.check')} ${vouched ? `${site}/C#~${number.value}` : text}`]);
}
