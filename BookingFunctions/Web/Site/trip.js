// The page of a trip.

import { get, isAway, Problem } from './api.js';
import { showAway, showBack } from './connection.js';
import { showDecisions } from './decisions.js';
import { byId, setText } from './dom.js';
import { pause, watch } from './events.js';
import { copyText, setUpHistory, showHistory } from './history.js';
import { hasEnded, planOf, stepsOf } from './saga.js';
import { isDecided, legState, shortReason, tripState } from './states.js';
import { showSteps, tickSteps } from './steps.js';
import { formatDuration, formatTime, serverNow, toMilliseconds } from './time.js';
import { showTrack } from './track.js';

const HistoryPause = 250;
const Tick = 200;

const id = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const address = `/api/trips/${encodeURIComponent(id)}`;

// The history is undefined until it is known, and null if there is none any more.
let [trip, history, steps, said] = [null, undefined, [], ''];
let following = new AbortController();
let [isReading, mustReadAgain] = [false, false];

setUpHistory();
byId('copy-id').addEventListener('click', () => copyText(id, byId('copy-id')));
setInterval(tick, Tick);
follow();

// A trip that was decided is no longer followed, but it may have been cancelled since this page was last visible.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && trip !== null && isDecided(trip)) {
    follow();
  }
});

/** Follows the trip until it is decided, and its traveler notified. */
async function follow() {
  following.abort();
  following = new AbortController();
  const { signal } = following;
  try {
    await watch(`${address}/events`, { onEvent: show, onAway: showAway, onBack: showBack, signal });
    for (let wait = 250; !signal.aborted && isDecided(trip) && (trip.notification ?? { state: 'Pending' }).state === 'Pending'; wait = Math.min(wait * 1.5, 10_000)) {
      await pause(wait, signal);
      if (!signal.aborted) {
        await readAgain(signal);
      }
    }
  } catch (error) {
    if (!signal.aborted) {
      showMissing(error);
    }
  }
}

async function readAgain(signal) {
  try {
    show(await get(address, { signal }));
  } catch (error) {
    if (!isAway(error) && !signal.aborted) {
      throw error;
    }
  }
}

// A decision that the trip's stream has ended with may be followed by another one: it is watched again.
function changed(now) {
  show(now);
  follow();
}

function show(now) {
  trip = now;
  byId('trip').hidden = false;
  const { word, tone } = tripState(trip.status);
  document.title = `${word} · ${trip.name ?? id}`;
  byId('outcome').className = `card outcome ${tone}`;
  setText(byId('word'), word);
  setText(byId('traveler'), trip.name ?? 'Unknown traveler');
  setText(byId('asked'), `requested at ${formatTime(toMilliseconds(trip.createdAt))}`);
  setText(byId('id'), trip.id);
  const reason = byId('reason');
  reason.hidden = trip.reason === null;
  setText(reason, shortReason(trip.reason ?? ''));
  showTrack(byId('track'), trip, planOf(history, id)?.parallel === true);
  say();
  showProgress();
  readHistory();
}

const nothingRuns = () => history !== undefined && hasEnded(history);

function showProgress() {
  if (history) {
    steps = stepsOf(trip, history);
    byId('no-steps').hidden = steps.length > 0;
    showSteps(byId('steps'), steps, toMilliseconds(trip.createdAt));
  }
  showDecisions(byId('decisions'), byId('actions'), trip, changed, 'h2', nothingRuns());
  tick();
}

function tick() {
  if (trip === null) {
    return;
  }
  setText(byId('sentence'), sentence());
  const isOver = isDecided(trip);
  setText(byId('elapsed-label'), isOver ? 'Took' : 'Running for');
  setText(byId('elapsed'), formatDuration((isOver ? toMilliseconds(trip.lastUpdatedAt) : serverNow()) - toMilliseconds(trip.createdAt)));
  const begin = toMilliseconds(trip.createdAt);
  tickSteps(byId('steps'), begin, Math.max(begin, ...steps.map(step => step.end ?? serverNow())));
}

// How the trip is doing, in a sentence.
function sentence() {
  const names = legs => legs.map(leg => `the ${leg.leg}`).join(legs.length > 2 ? ', ' : ' and ').replace(/, ([^,]*)$/, ' and $1');
  const of = (...states) => trip.legs.filter(leg => states.includes(leg.state));
  switch (trip.status) {
    case 'Booking': {
      const retrying = of('Retrying').filter(leg => leg.retryAt && toMilliseconds(leg.retryAt) > serverNow());
      const busy = of('Booking', 'Retrying');
      return retrying.length > 0
        ? retrying.map(leg => `The ${leg.leg} failed; attempt ${leg.attempt} in ${formatDuration(toMilliseconds(leg.retryAt) - serverNow())}.`).join(' ')
        : busy.length > 0 ? `Booking ${names(busy)}.` : 'About to begin.';
    }
    case 'Confirmed': return 'The car, the hotel and the flight are booked.';
    case 'RollingBack': {
      const undoing = of('Undoing');
      const refused = of('Failed').filter(leg => steps.some(step => step.kind === 'undo' && step.leg === leg.leg && step.end === null));
      return undoing.length > 0 ? `Undoing ${names(undoing)}. Nothing will stay booked.`
        : refused.length > 0 ? `Making sure that ${names(refused)} isn’t booked after all. Then the rest is undone, last one first.`
        : 'What was booked is being undone, last one first.';
    }
    case 'Cancelled': {
      const accepted = trip.legs.filter(leg => leg.skipped);
      return accepted.length > 0 ? `Nothing is booked but ${names(accepted)}, which ${accepted[0].skipped.by} has accepted.` : 'Nothing is booked.';
    }
    case 'NeedsAttention': {
      const stuck = of('UndoFailed').filter(leg => !leg.skipped);
      return of('Undoing').length > 0 && !nothingRuns() ? `Trying again to undo ${names(of('Undoing'))}.` : stuck.length > 0 ? `${capital(names(stuck))} may still be booked. An operator decides.` : 'Its orchestration was ended from outside. Cancel the trip to undo it.';
    }
    default: return '';
  }
}

const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

// For screen readers: what has changed for good, and not each attempt.
function say() {
  const settled = trip.legs.filter(leg => ['Booked', 'Failed', 'Undone', 'UndoFailed'].includes(leg.state)).map(leg => `${leg.leg}: ${legState(leg, trip).word}`);
  const text = [tripState(trip.status).word, ...settled].join(', ');
  if (text !== said) {
    said = text;
    setText(byId('news'), text);
  }
}

// One at a time, and not too often: each reads all of it.
async function readHistory() {
  if (isReading) {
    mustReadAgain = true;
    return;
  }
  isReading = true;
  do {
    mustReadAgain = false;
    const begin = performance.now();
    try {
      history = await get(`${address}/history`);
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      // 410: it was removed, or has not begun. Otherwise the stream says that the server is away, and comes back here.
      history = error.status === 410 ? null : history;
    }
    if (history !== undefined) {
      showHistory(history);
    }
    showPlan();
    showProgress();
    await pause(Math.max(HistoryPause, 4 * (performance.now() - begin)));
  } while (mustReadAgain);
  isReading = false;
}

function showPlan() {
  const plan = planOf(history, id);
  showTrack(byId('track'), trip, plan?.parallel === true);
  setText(byId('plan'), plan ? [
    plan.parallel ? 'All legs at once' : 'One leg after the other',
    plan.booking?.attempts && `up to ${plan.booking.attempts} attempts each`,
    plan.deadlineSeconds && `deadline ${formatDuration(plan.deadlineSeconds * 1000)}`,
  ].filter(Boolean).join(', ') : '');
}

function showMissing(error) {
  if (!(error instanceof Problem)) {
    throw error;
  }
  byId('trip').hidden = true;
  byId('missing').hidden = false;
  document.title = 'No trip';
  if (error.status !== 404) {
    setText(byId('missing-title'), 'The trip can’t be shown');
  }
  setText(byId('missing-text'), error.message);
}
