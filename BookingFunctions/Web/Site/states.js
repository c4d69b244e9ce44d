// The words and colours of the states of trips and legs. A tone is a class of the style sheet.

const Trip = {
  Booking: { word: 'Booking', tone: 'going' },
  Confirmed: { word: 'Confirmed', tone: 'good' },
  RollingBack: { word: 'Rolling back', tone: 'back' },
  Cancelled: { word: 'Cancelled', tone: 'back' },
  NeedsAttention: { word: 'Needs attention', tone: 'bad' },
};

const Leg = {
  Pending: { word: 'Not yet', tone: 'idle' },
  Booking: { word: 'Booking', tone: 'going' },
  Retrying: { word: 'Retrying', tone: 'wait' },
  Booked: { word: 'Booked', tone: 'good' },
  Failed: { word: 'Failed', tone: 'bad' },
  Undoing: { word: 'Undoing', tone: 'back' },
  Undone: { word: 'Undone', tone: 'back' },
  UndoFailed: { word: 'Undo failed', tone: 'bad' },
};

const unknown = state => ({ word: String(state), tone: 'idle' });

/** The word and tone of a trip's status. */
export const tripState = status => Trip[status] ?? unknown(status);

/** The word and tone of a leg of a trip. */
export function legState(leg, trip) {
  if (leg.skipped) {
    return { word: 'Accepted', tone: 'wait' };
  }
  if (trip.status !== 'Booking' && ['Booking', 'Retrying'].includes(leg.state)) {
    return { word: 'Given up', tone: 'idle' };
  }
  return leg.state === 'Pending' && trip.status !== 'Booking' ? { word: 'Never tried', tone: 'idle' } : Leg[leg.state] ?? unknown(leg.state);
}

/** Whether it is known how a trip ends. */
export const isDecided = trip => trip.status === 'Confirmed' || trip.status === 'Cancelled';

/** The last part of a type's full name. */
export const shortType = type => type.split('.').at(-1);

/** Why a trip is as it is, without the namespaces of an exception. */
export const shortReason = reason => reason.replace(/(^|; )(?:\w+\.)+(\w+: )/g, '$1$2');
