// The list of trips: filters and place are in the address, states refresh by themselves.

import { get, Problem } from './api.js';
import { byId, el, reconcile, replace, setText } from './dom.js';
import { showHour } from './hour.js';
import { poll } from './poll.js';
import { tripState } from './states.js';
import { formatAgo, formatDuration, formatTime, serverNow, toMilliseconds } from './time.js';

const PageSize = 25;
const WhileMoving = 2000;
const Otherwise = 8000;
const Statuses = ['Booking', 'Confirmed', 'RollingBack', 'Cancelled', 'NeedsAttention'];
const Moving = ['Booking', 'RollingBack'];
const Filters = ['status', 'name', 'from', 'to'];

// What the list shows, and whether it has just begun to: trips that come later are marked.
let [shown, isFirst, next] = [null, true, null];

byId('status').append(...Statuses.map(name => el('option', { value: name }, tripState(name).word)));
byId('filters').addEventListener('submit', event => {
  event.preventDefault();
  go(filterQuery(), []);
});
byId('status').addEventListener('change', () => byId('filters').requestSubmit());
byId('clear').addEventListener('click', () => go(new URLSearchParams(), []));
byId('next').addEventListener('click', () => next !== null && turn(next, [...before(), token()]));
byId('back').addEventListener('click', () => token() !== null && turn(before().at(-1) ?? null, before().slice(0, -1)));
addEventListener('popstate', begin);

readFilters();
const list = poll(refresh, refuse);
showHour();

// The tokens of the pages before this one: the address has only its own. null is the first page's.
function before() {
  return history.state?.before ?? [];
}

function query() {
  return new URLSearchParams(location.search);
}

function token() {
  return query().get('continuationToken');
}

function go(parameters, tokens) {
  const search = parameters.toString();
  history.pushState({ before: tokens }, '', search === '' ? location.pathname : `?${search}`);
  begin();
}

function turn(to, tokens) {
  const parameters = query();
  parameters.delete('continuationToken');
  if (to !== null) {
    parameters.set('continuationToken', to);
  }
  go(parameters, tokens);
  scrollTo({ top: byId('filters').offsetTop });
}

function begin() {
  readFilters();
  byId('list').setAttribute('aria-busy', 'true');
  byId('problem').hidden = true;
  list.now();
}

async function refresh(signal) {
  const parameters = query();
  const filters = parameters.toString();
  parameters.set('pageSize', PageSize);
  const page = await get(`/api/trips?${parameters}`, { signal });
  showFieldErrors({});
  isFirst = filters !== shown;
  shown = filters;
  reconcile(byId('rows'), page.trips, trip => trip.id, makeRow);
  next = page.continuationToken;
  const number = before().length + 1;
  const first = token() === null;
  // Not 'disabled': that would take the focus away.
  byId('back').setAttribute('aria-disabled', first);
  byId('next').setAttribute('aria-disabled', next === null);
  setText(byId('where'), first && next === null ? count(page.trips.length) : first || before().length > 0 ? `Page ${number}` : 'Further trips');
  byId('none').hidden = page.trips.length > 0;
  byId('list').setAttribute('aria-busy', 'false');
  return page.trips.some(trip => Moving.includes(trip.status)) ? WhileMoving : Otherwise;
}

function count(number) {
  return number === 1 ? '1 trip' : `${number} trips`;
}

function makeRow(trip) {
  const status = cell('Status');
  const changed = cell('Last change', 'changed');
  const why = cell('Why', 'why');
  const asked = toMilliseconds(trip.createdAt);
  const ago = el('span', { class: 'soft number' });
  const element = el('tr', { role: 'row', class: isFirst ? null : 'new' },
    el('td', { role: 'cell', class: 'who' },
      el('a', { href: `/trips/${encodeURIComponent(trip.id)}`, class: 'typed name' }, trip.name),
      el('span', { class: 'mono soft id' }, trip.id)),
    status,
    el('td', { role: 'cell', 'data-label': 'Requested', class: 'when' },
      el('time', { datetime: trip.createdAt, class: 'number' }, formatTime(asked)), ' ', ago),
    changed, why);
  let last = '';
  element.update = now => {
    setText(ago, formatAgo(asked, serverNow()));
    const text = JSON.stringify(now);
    if (text === last) {
      return;
    }
    last = text;
    const { word, tone } = tripState(now.status);
    replace(status, el('span', { class: `badge ${tone}` }, word));
    const after = toMilliseconds(now.lastUpdatedAt) - asked;
    replace(changed, after > 0 && el('span', { class: 'number' }, `after ${formatDuration(after)}`));
    replace(why, now.reason !== null && el('span', { class: 'typed reason', title: now.reason }, withoutNamespace(now.reason)));
    why.classList.toggle('empty', now.reason === null);
  };
  return element;
}

// A reason begins with the full name of a type; its last part says enough in a list.
function withoutNamespace(reason) {
  return reason.replace(/^(?:\w+\.)+(?=\w+: )/, '');
}

function cell(label, name = null) {
  return el('td', { role: 'cell', 'data-label': label, class: name });
}

// Fields have local times, addresses the same moments in UTC.
function filterQuery() {
  const parameters = new URLSearchParams();
  for (const name of Filters) {
    const { value } = byId(name);
    const text = name === 'from' || name === 'to' ? toUtc(value) : value;
    if (text !== '') {
      parameters.set(name, text);
    }
  }
  return parameters;
}

function readFilters() {
  const parameters = query();
  for (const name of Filters) {
    const value = parameters.get(name) ?? '';
    byId(name).value = name === 'from' || name === 'to' ? toLocal(value) : name === 'status' ? knownStatus(value) : value;
  }
}

function knownStatus(value) {
  return Statuses.find(name => name.toLowerCase() === value.toLowerCase()) ?? '';
}

function toUtc(local) {
  return local === '' ? '' : new Date(local).toISOString();
}

function toLocal(utc) {
  const time = Date.parse(utc);
  return Number.isNaN(time) ? '' : new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace(/:00$/, '');
}

function refuse(error) {
  byId('list').setAttribute('aria-busy', 'false');
  const errors = error instanceof Problem ? error.errors : {};
  showFieldErrors(errors);
  const elsewhere = Object.entries(errors).filter(([name]) => !Filters.includes(name)).flatMap(([, rules]) => rules);
  const text = elsewhere.length > 0 ? elsewhere.join(' ') : Object.keys(errors).length > 0 ? 'A filter can’t be used as it is.' : error.message;
  byId('problem').hidden = false;
  replace(byId('problem'), text, ' ', el('a', { href: '/trips' }, 'Show all trips'));
}

function showFieldErrors(errors) {
  for (const name of Filters) {
    const input = byId(name);
    const text = errors[name]?.join(' ') ?? '';
    let line = document.getElementById(`${name}-error`);
    if (text === '') {
      line?.remove();
      input.removeAttribute('aria-invalid');
      input.removeAttribute('aria-describedby');
      continue;
    }
    if (!line) {
      line = el('p', { class: 'error', id: `${name}-error` });
      input.after(line);
    }
    setText(line, text);
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', line.id);
  }
}
