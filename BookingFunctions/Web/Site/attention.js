// The trips that wait for an operator, newest first, with what can be decided about them.

import { get } from './api.js';
import { showDecisions } from './decisions.js';
import { byId, el, reconcile, replace, setText } from './dom.js';
import { poll } from './poll.js';
import { formatAgo, formatTime, serverNow, toMilliseconds } from './time.js';

const Most = 20;
const Every = 3000;
const AfterDecision = 400;

// What is known of each beyond the list; read again when it has changed.
const details = new Map();

// Until when a decision may still be on its way.
let decidedUntil = 0;

/** Shows them, and keeps them up to date. */
export function showAttention() {
  const list = poll(signal => refresh(signal, () => list.now()), error => setText(byId('attention-count'), error.message));
}

async function refresh(signal, again) {
  const { trips, continuationToken } = await get(`/api/trips?status=NeedsAttention&pageSize=${Most}`, { signal });
  await Promise.all(trips.filter(trip => details.get(trip.id)?.lastUpdatedAt !== trip.lastUpdatedAt).map(async ({ id, lastUpdatedAt }) => {
    details.set(id, { lastUpdatedAt, trip: await get(`/api/trips/${encodeURIComponent(id)}`, { signal }) });
  }));
  const focused = document.activeElement;
  reconcile(byId('attention'), trips, trip => trip.id, trip => makeCard(trip, again));
  if (focused !== document.body && document.activeElement === document.body) {
    // What had the focus is gone: the keyboard goes on here, and not at the page's beginning.
    byId('attention-title').focus();
  }
  showCount(trips.length, continuationToken !== null);
  return Date.now() < decidedUntil ? AfterDecision : Every;
}

function showCount(number, isMore) {
  const line = byId('attention-count');
  const text = isMore ? `The newest ${number}. ` : number === 0 ? 'None.' : number === 1 ? 'One trip waits for you.' : `${number} trips wait for you.`;
  if (line.dataset.text !== text) {
    line.dataset.text = text;
    replace(line, text, isMore && el('a', { href: '/trips?status=NeedsAttention' }, 'See all'));
  }
}

function makeCard({ id, name }, again) {
  const heading = `trip-${id}`;
  const why = el('p', { class: 'typed soft' });
  const since = el('span', { class: 'soft number' });
  const decisions = el('div', { class: 'stack' });
  const actions = el('div', { class: 'row' });
  const element = el('li', { class: 'card stack attention-card', 'aria-labelledby': heading },
    el('div', { class: 'section-head' },
      el('h3', { id: heading }, el('a', { href: `/trips/${encodeURIComponent(id)}`, class: 'typed' }, name)), since),
    why, decisions, actions);
  element.update = ({ lastUpdatedAt, reason }) => {
    const at = toMilliseconds(lastUpdatedAt);
    setText(since, `${formatTime(at)}, ${formatAgo(at, serverNow())}`);
    setText(why, reason ?? '');
    showDecisions(decisions, actions, details.get(id).trip, trip => {
      decidedUntil = Date.now() + Every;
      details.set(id, { lastUpdatedAt: '', trip });
      again();
    }, 'h4');
  };
  return element;
}
