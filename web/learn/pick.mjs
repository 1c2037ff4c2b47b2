// 'When may it be picked?': a calendar from the day of use. What is said of each day comes from the core; the page only shows it.

import { element } from '../dom/nodes.mjs';
import { backLink } from './article.mjs';

/** @typedef {import('./lesson_session.mjs').Pick} Pick */
/** @typedef {import('./article.mjs').Say} Say */

/** @param {Pick} game @param {Say} say */
export function pickPage(game, say) {
  const place = element('div', { class: 'pick' });

  /** @param {number} index */
  const ask = (index) => {
    const round = game.rounds[index];
    const onward = () => (index + 1 < game.rounds.length ? ask(index + 1) : finish());
    const answered = element('div', { role: 'status' });
    const next = element('p', { class: 'onward', hidden: true }, element('button', { class: 'button', type: 'button', click: onward },
      say(index + 1 < game.rounds.length ? 'learn.ui.next_question' : 'learn.ui.result')));
    const days = element('div', { class: 'calendar' }, round.days.map((day) => element('button', { type: 'button', 'aria-label': day.label, click: (event) => {
      const button = /** @type {HTMLElement} */ (event.currentTarget);
      button.setAttribute('data-mark', day.right ? 'right' : 'wrong');
      answered.replaceChildren(element('p', { class: day.right ? 'said right' : 'said' }, day.answer));
      if (day.right) next.hidden = false;
    } }, day.text.replace('/', '/\u200b')))); // where there is little room, the month stands above the day
    const heading = element('h2', { tabindex: '-1' }, round.question);
    place.replaceChildren(element('p', { class: 'progress' }, round.progress), heading, days, answered,
      element('p', { class: 'checked' }, [round.source, round.demo].filter(Boolean).join(' · ')), next);
    if (index > 0) heading.focus();
  };

  const finish = () => {
    const done = element('h2', { tabindex: '-1' }, game.done);
    place.replaceChildren(done, element('p', {}, element('a', { href: `#/article/${game.article.id}` }, say('learn.ui.read', { title: game.article.title }))),
      element('p', { class: 'onward' }, element('button', { class: 'button', type: 'button', click: () => ask(0) }, say('learn.ui.again'))));
    done.focus();
  };

  ask(0);
  return [element('div', { class: 'narrow' }, backLink(say), element('h1', {}, game.title), element('p', { class: 'summary' }, game.introduction), place)];
}
