// The saga step by step: each with its attempts, the waits between them, its errors and how long it took.

import { el, reconcile, replace, setText } from './dom.js';
import { shortType } from './states.js';
import { formatDuration, formatPreciseTime, serverNow } from './time.js';

// Of many attempts the first and the last ones are shown.
const FirstShown = 3;
const LastShown = 12;

const Words = {
  book: { running: 'Booking', waiting: 'Waiting', done: 'Booked', failed: 'Failed', abandoned: 'Given up' },
  undo: { running: 'Undoing', waiting: 'Waiting', done: 'Undone', failed: 'Undo failed', abandoned: 'Given up' },
  notify: { running: 'Sending', waiting: 'Waiting', done: 'Notified', failed: 'Not notified', abandoned: 'Given up' },
};
const Tones = {
  book: { running: 'going', waiting: 'wait', done: 'good', failed: 'bad', abandoned: 'idle' },
  undo: { running: 'back', waiting: 'wait', done: 'back', failed: 'bad', abandoned: 'idle' },
  notify: { running: 'going', waiting: 'wait', done: 'good', failed: 'bad', abandoned: 'idle' },
};

/** Shows the steps in an ordered list. */
export function showSteps(list, steps, begin) {
  reconcile(list, steps, step => step.key, step => step.kind === 'note' ? makeNote(step, begin) : makeStep(step, begin));
}

/** Moves what moves with time: to be called some times a second. The trip has lasted from begin to end. */
export function tickSteps(list, begin, end) {
  for (const step of list.children) {
    step.tick?.(begin, end);
  }
}

function makeNote(step, begin) {
  return el('li', { class: 'idle note-step' },
    offset(step.start, begin),
    el('div', { class: 'body' }, el('p', { class: 'typed' }, step.text)));
}

function offset(time, begin) {
  return el('time', { class: 'offset number soft', datetime: new Date(time).toISOString(), title: formatPreciseTime(time) }, `+${formatDuration(time - begin)}`);
}

function titleOf({ kind, leg }) {
  return kind === 'notify' ? 'Notify the traveler' : `${kind === 'undo' ? 'Undo' : 'Book'} the ${leg}`;
}

function makeStep(first, begin) {
  const badge = el('span', { class: 'badge' });
  // When it ran, of the whole time of the trip.
  const share = el('span', { class: 'share', 'aria-hidden': 'true' });
  const took = el('span', { class: 'took number soft' });
  const attempts = el('ol', { class: 'attempts', 'aria-label': 'Attempts' });
  const countdown = el('span', { class: 'countdown number' });
  const wait = el('span', { class: 'next wait' }, el('span', { class: 'bar', 'aria-hidden': 'true' }), countdown);
  const error = el('div', { class: 'failure' });
  const element = el('li', {},
    offset(first.start, begin),
    el('div', { class: 'body' },
      el('div', { class: 'row head' }, el('h3', {}, first.kind === 'undo' && el('span', { class: 'arrow', 'aria-hidden': 'true' }, '↩ '), titleOf(first)), badge, took, share),
      el('div', { class: 'row strip' }, attempts, wait),
      error));
  let [step, picked, shownError] = [first, null, null];

  element.update = now => {
    step = now;
    element.className = `${Tones[step.kind][step.state]} ${step.kind} ${step.state}`;
    setText(badge, Words[step.kind][step.state]);
    const hasFailed = step.attempts.some(attempt => attempt.error !== null);
    attempts.hidden = !hasFailed;
    reconcile(attempts, hasFailed ? shown(step.attempts) : [], attempt => `${attempt.number} ${attempt.gap}`, attempt => makeAttempt(attempt, pick));
    for (const button of attempts.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(picked === Number(button.dataset.number)));
    }
    showError();
  };

  element.tick = (from, to) => {
    share.style.setProperty('--from', String((step.start - from) / Math.max(1, to - from)));
    share.style.setProperty('--to', String(((step.end ?? serverNow()) - from) / Math.max(1, to - from)));
    setText(took, formatDuration((step.end ?? serverNow()) - step.start));
    wait.hidden = step.state !== 'waiting' || step.retryAt === null;
    if (!wait.hidden) {
      const last = step.attempts.at(-1);
      const left = step.retryAt - serverNow();
      setText(countdown, left > 0 ? `${ordinal(step.next, step.limit)} in ${formatDuration(Math.ceil(left / 100) * 100)}` : `${ordinal(step.next, step.limit)} begins`);
      wait.style.setProperty('--done', String(Math.min(1, Math.max(0, 1 - left / Math.max(1, step.retryAt - last.end)))));
    }
  };

  function pick(number) {
    picked = picked === number ? null : number;
    element.update(step);
  }

  function showError() {
    const failed = step.attempts.find(attempt => attempt.number === picked && attempt.error !== null)
      ?? (step.state === 'done' ? null : step.attempts.findLast(attempt => attempt.error !== null));
    const key = failed ? `${failed.number}` : null;
    if (key !== shownError) {
      shownError = key;
      replace(error, failed && makeError(failed, step));
    }
  }
  return element;
}

const ordinal = (number, limit) => limit !== null && number <= limit ? `Attempt ${number} of ${limit}` : `Attempt ${number}`;

function shown(attempts) {
  const withGaps = attempts.map((attempt, index) => ({ ...attempt, gap: '', waited: index === 0 ? null : attempt.start - attempts[index - 1].end }));
  if (attempts.length <= FirstShown + LastShown + 1) {
    return withGaps;
  }
  const last = withGaps.slice(-LastShown);
  const left = attempts.length - FirstShown - LastShown;
  return [...withGaps.slice(0, FirstShown), { ...last[0], number: 0, gap: `… ${left} more …` }, ...last];
}

function makeAttempt(attempt, pick) {
  if (attempt.gap !== '') {
    return el('li', { class: 'soft gap' }, attempt.gap);
  }
  const wait = attempt.waited !== null && el('span', { class: 'waited number soft' }, el('span', { class: 'visually-hidden' }, 'after a wait of '), formatDuration(attempt.waited));
  const chip = el('li', {}, wait);
  let button = null;
  chip.update = now => {
    const state = now.error !== null ? 'failed' : now.end !== null ? 'succeeded' : 'open';
    if (button?.dataset.state === state) {
      return;
    }
    button?.remove();
    button = now.error !== null
      ? el('button', { type: 'button', class: 'chip bad', onclick: () => pick(now.number) })
      : el('span', { class: `chip ${now.end !== null ? 'good' : 'going'}` });
    button.dataset.number = now.number;
    button.dataset.state = state;
    const result = { failed: 'failed', succeeded: 'succeeded', open: 'is under way' }[state];
    button.append(
      el('span', { 'aria-hidden': 'true' }, `${{ failed: '✕', succeeded: '✓', open: '•' }[state]} ${now.number}`),
      el('span', { class: 'visually-hidden' }, `Attempt ${now.number} ${result}`));
    chip.append(button);
  };
  return chip;
}

function makeError(attempt, step) {
  return el('div', { class: 'error-box' },
    step.attempts.length > 1 && el('p', { class: 'soft' }, `Attempt ${attempt.number}, after ${formatDuration(attempt.end - attempt.start)}:`),
    errorLines(attempt.error));
}

/** Shows an error, and what caused it: a leg's doesn't say. */
export function errorLines(error) {
  const causes = error.causes ?? [];
  return [
    el('p', { class: 'typed' }, el('strong', { title: error.type }, shortType(error.type)), ': ', error.message),
    (error.stackTrace || causes.length > 0) && el('details', {},
      el('summary', {}, 'Stack trace'),
      el('pre', { tabindex: 0 }, error.stackTrace ?? '(none)'),
      ...causes.map(cause => el('div', { class: 'cause' }, el('p', { class: 'soft' }, 'Caused by'), errorLines(cause)))),
  ];
}
