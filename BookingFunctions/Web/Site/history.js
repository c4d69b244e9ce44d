// The trip's full history: compact or all of it, filtered, to copy and to save.

import { byId, el, reconcile, replace, setText } from './dom.js';
import { errorLines } from './steps.js';
import { formatDuration, formatPreciseTime, toMilliseconds } from './time.js';

// What compact leaves out: beginnings and ends of turns, and what is shown with its outcome.
const Turns = ['OrchestratorStarted', 'OrchestratorCompleted'];
const Outcomes = ['TaskCompleted', 'TaskFailed', 'TimerFired', 'SubOrchestrationInstanceCompleted', 'SubOrchestrationInstanceFailed'];
const Bookkeeping = ['RecordTrip', 'ReadTrip'];

const Titles = {
  ExecutionStarted: 'Orchestration started', ExecutionCompleted: 'Orchestration ended', ExecutionTerminated: 'Orchestration terminated',
  ExecutionSuspended: 'Orchestration suspended', ExecutionResumed: 'Orchestration resumed', ContinueAsNew: 'Went on as a new run',
  EventRaised: 'Event arrived', EventSent: 'Event sent',
};

// Of a long history the end is shown, until the reader asks for the rest or is in the middle of it.
const LinesShown = 300;

let history = null;
let showsAll = false;

/** Prepares the section's controls. */
export function setUpHistory() {
  for (const input of document.querySelectorAll('[name=detail]')) {
    input.addEventListener('change', show);
  }
  byId('filter').addEventListener('input', show);
  byId('show-earlier').addEventListener('click', () => {
    showsAll = true;
    show();
    byId('history').querySelector('summary').focus();
  });
  byId('copy-history').addEventListener('click', copy);
  byId('save-history').addEventListener('click', save);
}

/** Shows a history; null if there is none any more. */
export function showHistory(now) {
  history = now;
  show();
}

function show() {
  const isCompact = document.querySelector('[name=detail]:checked').value === 'compact';
  const words = byId('filter').value.trim().toLowerCase();
  const events = history === null ? [] : numbered(history.events);
  const lines = history === null ? [] : isCompact ? compact(events, history) : events.map(({ event, key }) => lineOf(event, key));
  const found = lines.filter(line => words === '' || line.text.includes(words));

  // Read out while the reader filters, and not at each event.
  byId('history-count').setAttribute('aria-live', words === '' ? 'off' : 'polite');
  setText(byId('history-count'), history === null ? 'There is no history: it was removed.'
    : words === '' ? `${found.length} of ${history.events.length} events`
    : `${found.length} of ${lines.length} match “${byId('filter').value.trim()}”`);
  for (const id of ['copy-history', 'save-history']) {
    byId(id).disabled = history === null;
  }
  const unfolded = byId('history').querySelector('li:has(> details[open])')?.dataset.key;
  const kept = found.slice(0, -LinesShown).findIndex(line => line.key === unfolded);
  const earlier = showsAll ? 0 : kept >= 0 ? kept : Math.max(0, found.length - LinesShown);
  byId('show-earlier').hidden = earlier === 0;
  setText(byId('show-earlier'), `Show the ${earlier} earlier ones`);
  reconcile(byId('history'), found.slice(earlier), line => line.key, makeLine);
}

// An event keeps its place among those of its instance, whatever comes of another one.
function numbered(events) {
  const counts = new Map();
  return events.map(event => {
    const number = (counts.get(event.instanceId) ?? 0) + 1;
    counts.set(event.instanceId, number);
    return { event, key: `${event.instanceId} ${number}` };
  });
}

// A task or timer and its outcome are one line.
function compact(all, { events, attempts }) {
  const outcomes = new Map(events.filter(event => Outcomes.includes(event.type)).map(event => [`${event.instanceId} ${event.outcomeOf}`, event]));
  const runs = new Map(attempts.map(attempt => [`${attempt.instanceId} ${attempt.eventId}`, attempt]));
  return all
    .filter(({ event }) => !Turns.includes(event.type) && !Outcomes.includes(event.type) && !Bookkeeping.includes(event.name))
    .map(({ event, key }) => {
      const id = `${event.instanceId} ${event.eventId}`;
      const isAsked = ['TaskScheduled', 'TimerCreated', 'SubOrchestrationInstanceCreated'].includes(event.type);
      return lineOf(event, key, isAsked ? outcomes.get(id) : undefined, isAsked ? runs.get(id) : undefined);
    });
}

function lineOf(event, key, outcome, run) {
  const parts = outcome ? [event, outcome] : [event];
  return {
    event, outcome, run, key,
    state: [event.type, event.eventId, event.at, outcome?.type, run !== undefined].join(),
    title: titleOf(event, outcome, run),
    text: `${titleOf(event, outcome, run)} ${JSON.stringify(parts)}`.toLowerCase(),
  };
}

function titleOf(event, outcome, run) {
  if (run) {
    return `${event.name}, attempt ${run.attempt}`;
  }
  if (event.type === 'TimerCreated' && (outcome || event.fireAt)) {
    return `Timer of ${formatDuration(toMilliseconds(event.fireAt) - toMilliseconds(event.at))}`;
  }
  const title = Titles[event.type] ?? event.type;
  return event.name ? `${title}: ${event.name}` : title;
}

function makeLine({ key }) {
  const time = el('time', { class: 'number soft' });
  const details = el('details');
  const element = el('li', { 'data-key': key }, time, details);
  let shown = null;
  element.update = line => {
    if (line.state === shown) {
      return;
    }
    shown = line.state;
    element.className = toneOf(line);
    time.dateTime = line.event.at;
    setText(time, formatPreciseTime(toMilliseconds(line.event.at)));
    const hasFocus = details.contains(document.activeElement);
    replace(details, contentOf(line));
    if (hasFocus) {
      details.querySelector('summary').focus();
    }
  };
  return element;
}

function toneOf({ event, outcome, run }) {
  return outcome?.error ?? event.error ? 'bad'
    : outcome?.type === 'TaskCompleted' || event.type === 'TaskCompleted' ? event.name?.startsWith('Undo') ? 'back' : 'good'
    : run && !outcome ? 'going' : 'idle';
}

function contentOf({ event, outcome, run, title }) {
  const error = outcome?.error ?? event.error;
  return [
    el('summary', {},
      el('span', { class: 'what typed' }, title),
      outcome && el('span', { class: 'badge' }, { TaskCompleted: 'completed', TaskFailed: 'failed', TimerFired: 'fired' }[outcome.type] ?? outcome.type),
      run && !outcome && el('span', { class: 'badge' }, 'running'),
      el('span', { class: 'soft typed brief' }, briefOf(outcome ?? event)),
      outcome && el('span', { class: 'number soft took' }, formatDuration(toMilliseconds(outcome.at) - toMilliseconds(event.at)))),
    error && el('div', { class: 'error-box' }, errorLines(error)),
    el('pre', { tabindex: 0 }, JSON.stringify(outcome ? [event, outcome] : event, null, 2)),
  ];
}

function briefOf(event) {
  const value = event.error ? event.error.message : event.reason ?? event.result ?? (event.type === 'EventRaised' ? event.input : null) ?? event.status ?? '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

const asJson = () => `${JSON.stringify(history, null, 2)}\n`;

async function copy() {
  await copyText(asJson(), byId('copy-history'));
}

/** Copies a text, and says so on the button. */
export async function copyText(text, button) {
  const label = button.dataset.label ??= button.textContent;
  let says = 'Copied';
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    says = 'Could not copy';
  }
  button.textContent = says;
  setTimeout(() => { button.textContent = label; }, 2000);
}

function save() {
  const address = URL.createObjectURL(new Blob([asJson()], { type: 'application/json' }));
  el('a', { href: address, download: `${history.id}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
