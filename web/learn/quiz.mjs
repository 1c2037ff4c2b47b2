// The quiz, one question at a time. Nothing is kept: leaving the page forgets the answers.

import { element } from '../dom/nodes.mjs';
import { backLink } from './article.mjs';

/** @typedef {import('./lesson_session.mjs').Quiz} Quiz */
/** @typedef {import('./lesson_session.mjs').Question} Question */
/** @typedef {import('./article.mjs').Say} Say */

/** @param {Quiz} quiz @param {Say} say */
export function quizPage(quiz, say) {
  const place = element('div', { class: 'quiz' });
  let right = 0;

  /** @param {number} index */
  const ask = (index) => {
    const question = quiz.questions[index];
    const onward = () => (index + 1 < quiz.questions.length ? ask(index + 1) : finish());
    const label = index + 1 < quiz.questions.length ? say('learn.ui.next_question') : say('learn.ui.result');
    const answered = element('div', { role: 'status' });
    const options = element('div', { class: 'options' });
    question.options.forEach((option, choice) => options.append(element('button', { type: 'button', click: () => {
      right += choice === question.answer ? 1 : 0;
      settle(options, choice, question.answer);
      answered.append(...explanation(question, choice === question.answer, say));
      place.append(element('p', { class: 'onward' }, element('button', { class: 'button', type: 'button', click: onward }, label)));
    } }, option)));
    const heading = element('h2', { tabindex: '-1' }, question.question);
    place.replaceChildren(element('p', { class: 'progress' }, question.progress), heading, options, answered);
    if (index > 0) heading.focus();
  };

  const finish = () => {
    const score = element('h2', { tabindex: '-1' }, quiz.scores[right]);
    place.replaceChildren(score, element('p', { class: 'onward' },
      element('button', { class: 'button', type: 'button', click: () => { right = 0; ask(0); } }, say('learn.ui.again'))));
    score.focus();
  };

  ask(0);
  return [element('div', { class: 'narrow' }, backLink(say), element('h1', {}, quiz.title), place)];
}

/** @param {HTMLElement} options @param {number} choice @param {number} answer */
function settle(options, choice, answer) {
  [...options.children].forEach((button, index) => {
    button.setAttribute('aria-disabled', 'true');
    button.replaceWith(button.cloneNode(true)); // its listener goes with it: one answer a question
    const mark = index === answer ? 'right' : index === choice ? 'wrong' : '';
    if (mark) options.children[index].setAttribute('data-mark', mark);
  });
  /** @type {HTMLElement} */ (options.children[choice]).focus();
}

/** @param {Question} question @param {boolean} isRight @param {Say} say */
function explanation(question, isRight, say) {
  return [
    element('p', { class: isRight ? 'said right' : 'said wrong' }, say(isRight ? 'learn.ui.right' : 'learn.ui.wrong')),
    !isRight && element('p', {}, say('learn.ui.answer', { answer: question.options[question.answer] })),
    element('p', {}, question.why),
    ...question.sources.map((source) => element('p', { class: 'checked' }, [source.title, source.checked, source.standing].filter(Boolean).join(' · '))),
    element('p', {}, element('a', { href: `#/article/${question.article.id}` }, say('learn.ui.read', { title: question.article.title }))),
  ].filter((node) => node instanceof Node);
}
