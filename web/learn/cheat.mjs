// 'Try to cheat it': the visitor picks a lie, the core makes it and judges it; the page only shows what it is told.

import { card } from '../embed/card.mjs';
import { element } from '../dom/nodes.mjs';
import { backLink } from './article.mjs';

/** @typedef {import('./lesson_session.mjs').Cheat} Cheat */
/** @typedef {import('./lesson_session.mjs').Outcome} Outcome */
/** @typedef {import('./article.mjs').Say} Say */

/**
 * @param {Cheat} lesson
 * @param {(field: string, value: number) => Promise<Outcome>} attempt
 * @param {Say} say
 */
export function cheatPage(lesson, attempt, say) {
  const result = element('section', { class: 'outcome', tabindex: '-1', 'aria-label': say('learn.ui.verdict') });
  const choices = element('div', { class: 'choices' });

  const show = async (/** @type {string} */ field, /** @type {number} */ value) => {
    const outcome = await attempt(field, value);
    result.replaceChildren(element('h2', {}, outcome.did), card(outcome.view, { heading: 'h3' }),
      element('h3', {}, say('learn.ui.why')), element('ul', {}, outcome.explanation.map((text) => element('li', {}, text))),
      element('p', { class: 'onward' }, element('button', { class: 'button', type: 'button', click: again }, lesson.again_label)));
    result.focus();
  };
  const again = () => {
    choices.scrollIntoView({ block: 'start' });
    /** @type {HTMLElement | null} */ (choices.querySelector('button'))?.focus({ preventScroll: true });
  };

  for (const field of lesson.fields) {
    choices.append(element('fieldset', {}, element('legend', {}, field.label), element('p', { class: 'was' }, field.original),
      element('div', { class: 'options' }, field.options.map((option) => element('button', { type: 'button', click: () => show(field.id, option.value) }, option.text)))));
  }
  choices.append(element('p', { class: 'onward' }, element('button', { class: 'button copy', type: 'button', click: () => show('copy', 0) }, lesson.copy_label)));

  return [element('div', { class: 'narrow' }, backLink(say), element('h1', {}, lesson.title),
    lesson.introduction.map((text) => element('p', { class: 'summary' }, text)),
    element('details', {}, element('summary', {}, say('learn.ui.original')), card(lesson.original)), choices, result)];
}
