// Reporting a problem: where it was bought and what is wrong are asked, and the core says whom to call and what to tell them (src/page/report.hpp).

import { element, markChinese } from './dom/nodes.mjs';

/** @typedef {import('./page.mjs').Page} Page */
/** @typedef {{id: string, label: string}} Choice */
/** @typedef {{places: Choice[], problems: Choice[], line: string, line_text: string, advice?: string, text: string, evidence?: string}} Report */
/** @typedef {(text: string, key: string) => unknown} Copy */

/** @param {Page} page @param {string} place @param {string} problem @returns {Promise<Report>} */
const reportOf = (page, place, problem) => page.callDesk('around', 'pipa_report_view', [page.asked[page.shown].number], place, problem, page.language);

/** @param {string} name @param {string} title @param {Choice[]} choices @param {() => void} change */
function question(name, title, choices, change) {
  const options = choices.map(({ id, label }, index) => element('label', { class: 'choice' },
    element('input', { type: 'radio', name, value: id, ...(index === 0 && { checked: true }), change }), label));
  return element('fieldset', {}, element('legend', {}, title), ...options);
}

/** @param {Page} page @param {Element} place @param {Copy} copy */
export async function openReport(page, place, copy) {
  const { words } = page;
  const first = await reportOf(page, '', '');
  const answer = element('div', { class: 'whom', 'aria-live': 'polite' });
  const chosen = (/** @type {string} */ name) => /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name="${name}"]:checked`))?.value ?? '';
  const draw = async () => {
    const { line, line_text: whose, advice, text } = await reportOf(page, chosen('report-place'), chosen('report-problem'));
    const area = /** @type {HTMLTextAreaElement} */ (element('textarea', { id: 'report-text', rows: '10', spellcheck: 'false' }));
    area.value = text;
    const parts = [advice && element('p', { class: 'advice' }, advice), element('p', {}, element('a', { class: 'button primary', href: `tel:${line}` }, words('report.call').replace('{line}', line))),
      element('p', { class: 'hint' }, whose), element('label', { for: 'report-text' }, words('report.text_label')), area,
      element('div', { class: 'actions' }, element('button', { type: 'button', id: 'copy-report', click: () => copy(area.value, 'more.report.copied') }, words('report.copy')))];
    answer.replaceChildren(...parts.filter((part) => part instanceof Node));
    if (page.language !== 'zh-Hans') markChinese(answer);
  };
  const form = element('form', { class: 'report', submit: (event) => event.preventDefault() }, element('h3', { tabindex: '-1' }, words('report.title')),
    question('report-place', words('report.where'), first.places, draw), question('report-problem', words('report.what'), first.problems, draw), answer);
  place.replaceChildren(form);
  await draw();
  form.querySelector('h3')?.focus();
}
