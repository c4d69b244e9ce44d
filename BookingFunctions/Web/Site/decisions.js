// What a person can do about a trip: cancel it, or decide about a leg that could not be undone.

import { post } from './api.js';
import { ask } from './dialog.js';
import { el, reconcile } from './dom.js';
import { shortType } from './states.js';

const waits = (leg, trip) => trip.status === 'NeedsAttention' && leg.state === 'UndoFailed' && !leg.skipped;

/**
 * Shows the buttons that the trip's state allows.
 * @param {Element} decisions Gets the legs that wait for a decision.
 * @param {Element} actions Gets the button that cancels.
 * @param {(trip) => void} onChange Gets the trip as the API answers it.
 * @param {string} [heading] What a decision's heading is.
 * @param {boolean} [isOver] Whether nothing of the trip runs any more.
 */
export function showDecisions(decisions, actions, trip, onChange, heading = 'h2', isOver = true) {
  const waiting = trip.legs.filter(leg => waits(leg, trip));
  reconcile(decisions, waiting, leg => leg.leg, leg => makeDecision(leg, trip.id, onChange, heading));
  const canCancel = ['Booking', 'Confirmed'].includes(trip.status) || (trip.status === 'NeedsAttention' && waiting.length === 0 && isOver);
  reconcile(actions, canCancel ? [trip] : [], () => 'cancel', () => el('button', { type: 'button', class: 'danger', onclick: () => cancel(trip.id, onChange) }, 'Cancel the trip'));
}

function cancel(id, onChange) {
  return ask({
    title: 'Cancel the trip?',
    text: 'What is booked will be undone, last one first.',
    label: 'Why?', field: 'reason', action: 'Cancel the trip', isDangerous: true,
    send: async reason => onChange(await post(`/api/trips/${encodeURIComponent(id)}/cancel`, { reason })),
  });
}

function makeDecision(leg, id, onChange, heading) {
  const title = `decision-${id}-${leg.leg}`;
  const why = el('p', { class: 'typed' });
  const decide = (question, action) => ask({
    ...question, label: 'Note (may be left out)', field: 'note',
    send: async note => onChange(await post(
      `/api/trips/${encodeURIComponent(id)}/legs/${leg.leg}/undo`, note.trim() === '' ? { action } : { action, note })),
  });
  // Where there are several trips, several legs have the same name: no landmarks then.
  const element = el(heading === 'h2' ? 'section' : 'div', { class: 'decision', role: heading === 'h2' ? null : 'group', 'aria-labelledby': title },
    el(heading, { id: title }, `The ${leg.leg} could not be undone`),
    el('p', { class: 'typed' }, `It may still hold ${leg.request ?? 'what was requested'}${leg.confirmation ? `, ${leg.confirmation}` : ''}.`),
    why,
    el('div', { class: 'row' },
      el('button', {
        type: 'button', class: 'primary', onclick: () => decide({
          title: `Try to undo the ${leg.leg} again?`, text: 'It is tried with all its attempts, as before.', action: 'Try again',
        }, 'retry'),
      }, 'Try the undo again'),
      el('button', {
        type: 'button', class: 'danger', onclick: () => decide({
          title: `Accept what the ${leg.leg} holds?`, text: 'It stays as it is, and the trip goes on without it. Your note says why.',
          action: 'Skip the undo', isDangerous: true,
        }, 'skip'),
      }, 'Skip the undo')));
  element.update = ({ error }) => {
    why.hidden = !error;
    why.textContent = error ? `${shortType(error.type)}: ${error.message}` : '';
  };
  return element;
}
