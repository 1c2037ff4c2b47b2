// The list of articles, and one article.

import { element } from '../dom/nodes.mjs';
import { picture } from './drawing.mjs';

/** @typedef {import('./lesson_session.mjs').Home} Home */
/** @typedef {import('./lesson_session.mjs').Article} Article */
/** @typedef {import('./lesson_session.mjs').Block} Block */
/** @typedef {import('./lesson_session.mjs').Span} Span */
/** @typedef {import('./lesson_session.mjs').Source} Source */
/** @typedef {(key: string, values?: Record<string, string>) => string} Say */

/** @param {Home} home @param {import('./lesson_session.mjs').Door} [pick] the way to the game of the calendar, where there is one */
export function* homePage(home, pick) {
  const door = (/** @type {string} */ href, /** @type {import('./lesson_session.mjs').Door} */ { title, text }) =>
    element('a', { class: 'door', href: `#/${href}` }, element('strong', {}, title), element('span', {}, text));
  yield element('h1', {}, home.title);
  yield element('nav', { class: 'doors', 'aria-label': home.title }, home.cheat && door('cheat', home.cheat), pick && door('pick', pick), home.quiz && door('quiz', home.quiz));
  yield element('ul', { class: 'topics' }, home.topics.map((topic) => element('li', {}, element('a', { href: `#/topic/${topic.id}` }, topic.name))));
  for (const topic of home.topics)
    yield element('section', {},
      element('h2', { id: `topic-${topic.id}`, tabindex: '-1' }, topic.name),
      element('ul', { class: 'cards' }, topic.articles.map((article) => element('li', {},
        element('a', { class: 'card', href: `#/article/${article.id}` },
          article.drawing && picture(article.drawing), element('strong', {}, article.title), element('span', {}, article.summary))))));
  yield element('p', { class: 'edition' }, home.edition);
}

/** @param {Article} article @param {Say} say */
export function articlePage(article, say) {
  return [
    backLink(say),
    element('article', { class: 'article' },
      element('p', { class: 'topic' }, article.topic),
      element('h1', {}, article.title),
      element('p', { class: 'summary' }, article.summary),
      article.blocks.map((block) => blockNode(block, article, say)),
      article.words.length > 0 && words(article),
      sourceList(article.sources, article.sources_title)),
    element('p', { class: 'onward' }, element('a', { class: 'button', href: `#/article/${article.next.id}` }, `${say('learn.ui.next')}: ${article.next.title}`)),
  ];
}

/** @param {Say} say */
export function backLink(say) {
  return element('p', { class: 'back' }, element('a', { href: '#/' }, say('learn.ui.all')));
}

/** @param {Source[]} sources @param {string} title */
export function sourceList(sources, title) {
  return element('section', { class: 'sources' }, element('h2', {}, title),
    element('ol', {}, sources.map((source) => element('li', { id: `source-${source.number}`, tabindex: '-1' },
      source.title, element('span', { class: 'checked' }, source.checked), source.standing && element('em', {}, source.standing)))));
}

/** @param {Article} article */
function words(article) {
  return element('section', { class: 'words' }, element('h2', {}, article.words_title),
    element('dl', {}, article.words.flatMap((word) => [element('dt', { id: `word-${word.id}`, tabindex: '-1' }, word.name), element('dd', {}, word.meaning)])));
}

/** @param {Block} block @param {Article} article @param {Say} say @returns {HTMLElement} */
function blockNode(block, article, say) {
  const lines = (block.lines ?? []).map((line) => line.map((span) => spanNode(span, article, say)));
  switch (block.kind) {
    case 'heading': return element('h2', {}, lines[0]);
    case 'bullets': return element('ul', {}, lines.map((line) => element('li', {}, line)));
    case 'steps': return element('ol', {}, lines.map((line) => element('li', {}, line)));
    case 'action': return element('section', { class: 'action' }, element('h2', {}, block.label), lines.map((line) => element('p', {}, line)));
    case 'picture': return element('figure', {}, block.drawing && picture(block.drawing, block.description));
    default: return element('p', {}, lines[0]);
  }
}

// A source's mark never begins a line of its own: a word joiner holds it to what it proves.
const joiner = '\u2060';

/** @param {Span} span @param {Article} article @param {Say} say */
function spanNode(span, article, say) {
  switch (span.kind) {
    case 'strong': return element('strong', {}, span.text);
    case 'term': return element('a', { class: 'term', href: `#/article/${article.id}/word-${span.term}` }, span.text);
    case 'source': return element('span', {}, joiner, element('a', { class: 'mark', href: `#/article/${article.id}/source-${span.text}`, 'aria-label': say('learn.ui.source', { number: span.text }) }, span.text));
    default: return span.text;
  }
}
