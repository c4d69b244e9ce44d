// Makes the steps of a saga of what the API says: a trip, and its history.

import { toMilliseconds } from './time.js';

const Bookings = { BookCar: 'car', BookHotel: 'hotel', BookFlight: 'flight' };
const Undos = { UndoBookCar: 'car', UndoBookHotel: 'hotel', UndoBookFlight: 'flight' };

/**
 * @typedef {object} Step
 * @property {string} key Tells it from the others.
 * @property {'book' | 'undo' | 'notify' | 'note'} kind
 * @property {string | null} leg
 * @property {'running' | 'waiting' | 'done' | 'failed' | 'abandoned'} state
 * @property {number} start In milliseconds, as all times.
 * @property {number | null} end Null while it goes on.
 * @property {number | null} retryAt When the next attempt begins, if one follows.
 * @property {{number: number, start: number, end: number | null, error: object | null}[]} attempts
 * @property {number} next The number of the next attempt: those count whose provider was asked.
 * @property {number | null} limit How many attempts there are at most.
 * @property {string} [text] What a note says.
 */

/** The input of the orchestration; null if the history does not have it. */
export function planOf(history, id) {
  return history?.events.find(event => event.type === 'ExecutionStarted' && event.instanceId === id)?.input ?? null;
}

/** Whether nothing of a trip runs any more; true also if its history was removed. */
export function hasEnded(history) {
  const open = new Set(history?.events.map(event => event.instanceId));
  for (const event of history?.events ?? []) {
    if (event.type === 'ExecutionCompleted' || event.type === 'ExecutionTerminated') {
      open.delete(event.instanceId);
    }
  }
  return open.size === 0;
}

/** The steps of a trip, in the order in which they began. @returns {Step[]} */
export function stepsOf(trip, history) {
  const plan = planOf(history, trip.id);
  const groups = new Map();
  for (const attempt of history.attempts) {
    const key = `${attempt.instanceId} ${attempt.activity}`;
    groups.set(key, [...groups.get(key) ?? [], attempt]);
  }
  const steps = [...groups].map(([key, attempts]) => stepOf(key, attempts, trip, plan, history)).filter(step => step !== null);
  return [...steps, ...notesOf(trip, history)].sort((one, other) => one.start - other.start);
}

function stepOf(key, runs, trip, plan, history) {
  const { activity } = runs[0];
  const kind = activity in Bookings ? 'book' : activity in Undos ? 'undo' : activity === 'NotifyTraveler' ? 'notify' : null;
  if (kind === null) {
    return null;
  }

  const leg = trip.legs.find(candidate => candidate.leg === (Bookings[activity] ?? Undos[activity])) ?? null;
  const attempts = runs.map(run => ({
    number: run.attempt, start: toMilliseconds(run.scheduledAt), end: run.endedAt === null ? null : toMilliseconds(run.endedAt), error: run.error,
  }));
  const state = stateOf(kind, runs.at(-1), leg, trip);
  return {
    key, kind, leg: leg?.leg ?? null, state, attempts,
    start: attempts[0].start,
    end: state === 'running' || state === 'waiting' ? null : attempts.at(-1).end ?? abandonedAt(attempts.at(-1).start, trip, history),
    retryAt: state === 'waiting' ? retryAtOf(leg, runs.at(-1), history) : null,
    next: 1 + attempts.filter(attempt => !attempt.error?.type.endsWith('.CircuitOpenException')).length,
    limit: (kind === 'undo' ? plan?.undo?.attempts : plan?.booking?.attempts) ?? null,
  };
}

function stateOf(kind, last, leg, trip) {
  const goesOn = kind === 'book' ? trip.status === 'Booking' && ['Booking', 'Retrying'].includes(leg.state)
    : kind === 'undo' ? leg.state === 'Undoing' || (trip.status === 'RollingBack' && leg.state === 'Failed')
    : trip.notification === null || trip.notification.state === 'Pending';
  return last.outcome === 'Completed' ? 'done'
    : last.outcome === 'Failed' ? goesOn ? 'waiting' : 'failed'
    : goesOn ? 'running'
    : 'abandoned';
}

// Its outcome was no longer awaited once the trip was rolled back.
function abandonedAt(start, trip, history) {
  const undo = history.attempts.find(run => run.activity in Undos && toMilliseconds(run.scheduledAt) >= start);
  return toMilliseconds(undo ? undo.scheduledAt : trip.lastUpdatedAt);
}

// The trip has it for its legs; for anything else it is the timer that was set after the failure.
function retryAtOf(leg, last, history) {
  if (leg?.retryAt) {
    return toMilliseconds(leg.retryAt);
  }
  const timer = history.events.findLast(event => event.type === 'TimerCreated' && event.instanceId === last.instanceId && event.at >= last.endedAt);
  return timer ? toMilliseconds(timer.fireAt) : null;
}

// Cancellations, operators' decisions, and what was done through the management API.
function notesOf(trip, history) {
  const undoes = history.attempts.some(run => run.instanceId !== trip.id && run.activity in Undos);
  return history.events.map((event, index) => [noteOf(event, trip, undoes), event, index]).filter(([text]) => text !== null)
    // A cancellation that finds the trip still busy tells it again.
    .filter(([text, event], index, notes) => event.name !== 'CancelTrip' || notes.findIndex(([other]) => other === text) === index)
    .map(([text, event, index]) => ({
      key: `note ${index}`, kind: 'note', leg: null, state: 'done', attempts: [], start: toMilliseconds(event.at), end: toMilliseconds(event.at),
      retryAt: null, next: 1, limit: null, text,
    }));
}

function noteOf(event, trip, cancellationUndoes) {
  const why = reason => reason ? `: ${reason}` : '.';
  const name = event.name?.toLowerCase();
  if (event.type === 'EventRaised' && name === 'canceltrip') {
    return `The trip was cancelled${why(event.input?.reason)}`;
  }
  if (event.type === 'ExecutionStarted' && event.instanceId !== trip.id && cancellationUndoes) {
    return `The trip was cancelled${why(event.input?.reason)}`;
  }
  if (event.type === 'EventRaised' && name === 'undodecision') {
    const action = event.input?.action === 'skip' ? `accepted what the ${legName(event.input)} still holds` : `had the undo of the ${legName(event.input)} tried again`;
    return `${event.input?.by ?? 'An operator'} ${action}${why(event.input?.note)}`;
  }
  return {
    ExecutionTerminated: `The orchestration was terminated${why(event.reason)}`,
    ExecutionSuspended: `The orchestration was suspended${why(event.reason)}`,
    ExecutionResumed: `The orchestration was resumed${why(event.reason)}`,
  }[event.type] ?? null;
}

const legName = decision => String(decision?.leg ?? 'trip').toLowerCase();
