// The trip at a glance: its stations, forwards while it is booked, and backwards while it is undone.

import { el, reconcile, setText, svg } from './dom.js';
import { legState } from './states.js';

const Names = { car: 'Car', hotel: 'Hotel', flight: 'Flight', traveler: 'Traveler' };

// Each drawn with strokes in a square of 24.
const Icons = {
  car: ['M4 16v-3.2l1.9-5A2 2 0 0 1 7.8 6.5h8.4a2 2 0 0 1 1.9 1.3l1.9 5V16', 'M3.5 12.5h17', 'M4 16h16v2.5H4z', 'M7 14.3h.01M17 14.3h.01'],
  hotel: ['M3.5 18.5V6', 'M3.5 15.5h17v3', 'M20.5 15.5V13a2.5 2.5 0 0 0-2.5-2.5h-7v5', 'M7.2 12.5h.01'],
  flight: ['M20.5 3.5c-1-1-2.6-.8-3.6.2l-3.4 3.4-8.3-2.3-1.5 1.5 6.7 3.9-3.3 3.3-2.4-.3-1.2 1.2 3.8 2.1 2.1 3.8 1.2-1.2-.3-2.4 3.3-3.3 3.9 6.7 1.5-1.5-2.3-8.3 3.4-3.4c1-1 1.4-2.4.4-3.4z'],
  traveler: ['M3.5 6.5h17v11h-17z', 'M4 7l8 6.5L20 7'],
};

/** Shows the stations in an ordered list. */
export function showTrack(list, trip, isParallel) {
  list.classList.toggle('parallel', isParallel);
  const stations = [...trip.legs.map(leg => legStation(leg, trip)), travelerStation(trip)];
  stations.forEach((station, index) => { station.way = index === 0 ? 'none' : wayTo(station, stations[index - 1], trip, isParallel); });
  reconcile(list, stations, station => station.key, makeStation);
}

function legStation(leg, trip) {
  const { word, tone } = legState(leg, trip);
  return { key: leg.leg, name: Names[leg.leg], request: leg.request ?? '', word, tone, note: noteOf(leg), isActive: ['Booking', 'Undoing'].includes(word) };
}

function noteOf(leg) {
  return leg.confirmation ?? (leg.state === 'Retrying' ? `attempt ${leg.attempt}` : leg.attempt > 1 ? `${leg.attempt} attempts` : '');
}

function travelerStation({ notification }) {
  const [word, tone] = {
    Pending: ['Being notified', 'going'], Sent: ['Notified', 'good'], Failed: ['Not notified', 'bad'],
  }[notification?.state] ?? ['Notified when decided', 'idle'];
  return { key: 'traveler', name: Names.traveler, request: '', word, tone, note: '', isActive: notification?.state === 'Pending' };
}

// How the line that leads to a station looks: whether the saga came along it, and in which direction.
function wayTo(station, before, trip, isParallel) {
  if (station.key === 'traveler') {
    return trip.status === 'Confirmed' ? 'good' : 'idle';
  }
  if (['Undoing', 'Undone', 'Undo failed', 'Accepted'].includes(station.word)) {
    return before.word === 'Undoing' || station.word === 'Undoing' ? 'back moving' : 'back';
  }
  if (station.word === 'Failed') {
    return trip.status === 'RollingBack' && before.word === 'Undoing' ? 'back moving' : trip.status === 'Booking' ? 'bad' : 'back';
  }
  return station.word === 'Booked' ? 'good' : station.tone === 'wait' || station.isActive ? 'going moving' : isParallel ? 'going' : 'idle';
}

function makeStation({ key, name }) {
  const request = el('span', { class: 'typed request' });
  const badge = el('span', { class: 'badge' });
  const note = el('code', { class: 'note typed' });
  const station = el('li', {},
    el('span', { class: 'dot', 'aria-hidden': 'true' },
      svg('svg', { viewBox: '0 0 24 24', width: 28, height: 28 }, Icons[key].map(d => svg('path', { d })))),
    el('div', { class: 'station' }, el('strong', {}, name), request, badge, note));
  station.update = ({ request: asked, word, tone, note: text, isActive, way }) => {
    station.className = `${tone} ${isActive ? 'active' : ''}`;
    station.dataset.way = way;
    request.hidden = asked === '';
    setText(request, asked);
    setText(badge, word);
    note.hidden = text === '';
    setText(note, text);
  };
  return station;
}
