// Runs the reconciliation, and shows what it finds.

import { send } from './api.js';
import { byId, el, replace, setText } from './dom.js';
import { formatDuration, formatTime } from './time.js';

const Tick = 250;
const Shown = 100;

const Lists = [
  { key: 'orphans', title: 'Orphans', tone: 'bad', text: 'Held, but no trip wants them.' },
  { key: 'missing', title: 'Missing', tone: 'bad', text: 'Their trips are confirmed, but they are not held.' },
  { key: 'accepted', title: 'Accepted', tone: 'wait', text: 'Held for cancelled trips, and an operator has accepted that.' },
];

/** Lets the person run it. */
export function offerReconciliation() {
  let running = null;
  byId('compare').addEventListener('click', async () => {
    if (running) {
      return;
    }
    running = new AbortController();
    await compare(running.signal);
    running = null;
  });
  byId('stop').addEventListener('click', () => running?.abort());
}

async function compare(signal) {
  const began = Date.now();
  let bytes = 0;
  setBusy(true);
  replace(byId('findings'));
  say('going', 'Comparing…');
  const timer = setInterval(() => setText(byId('comparison').lastChild,
    ` ${formatDuration(Date.now() - began)}${bytes > 1024 ? `, ${Math.round(bytes / 1024).toLocaleString()} KB of findings` : ''}`), Tick);
  try {
    const report = JSON.parse(await read(await send('/api/reconciliation', { signal }), number => { bytes = number; }));
    show(report, began);
  } catch (error) {
    say('bad', 'Not compared', signal.aborted ? 'It was stopped.'
      : error instanceof SyntaxError || error instanceof TypeError ? 'The answer broke off: the host’s log says why. Nothing can be said about what wasn’t compared.' : error.message);
  } finally {
    clearInterval(timer);
    setBusy(false);
  }
}

async function read(answer, onProgress) {
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  const texts = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return texts.join('') + decoder.decode();
    }
    bytes += value.length;
    onProgress(bytes);
    texts.push(decoder.decode(value, { stream: true }));
  }
}

function show(report, began) {
  const wrong = report.orphans.length + report.missing.length;
  const compared = `${report.checked.toLocaleString()} live ${report.checked === 1 ? 'reservation' : 'reservations'} compared at ${formatTime(began)}, in ${formatDuration(Date.now() - began)}.`;
  say(wrong === 0 ? 'good' : 'bad', wrong === 0 ? 'All or nothing' : `${wrong.toLocaleString()} ${wrong === 1 ? 'does' : 'do'} not match`, compared);
  replace(byId('findings'), Lists.filter(({ key }) => report[key].length > 0).map(list => section(list, report[list.key])));
}

function section({ key, title, tone, text }, findings) {
  const id = `${key}-title`;
  return el('div', { class: 'stack tight' },
    el('div', { class: 'row' }, el('h3', { id }, title), el('span', { class: `badge ${tone}` }, findings.length.toLocaleString()), el('p', { class: 'soft' }, text)),
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': id },
      el('table', {},
        el('thead', {}, el('tr', {}, ['Trip', 'Leg', 'Item', 'Confirmation', 'Why'].map(name => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, findings.slice(0, Shown).map(row)))),
    findings.length > Shown && el('p', { class: 'soft' }, `The first ${Shown} of ${findings.length.toLocaleString()}; GET /api/reconciliation answers them all.`));
}

function row({ reservationId, tripId, leg, item, confirmation, reason }) {
  return el('tr', {},
    el('th', { scope: 'row', class: 'mono' }, tripId === null ? reservationId : el('a', { href: `/trips/${encodeURIComponent(tripId)}` }, tripId)),
    el('td', {}, leg), el('td', { class: 'typed' }, item), el('td', { class: 'mono' }, confirmation ?? '–'), el('td', { class: 'typed' }, reason));
}

function say(tone, word, rest = '') {
  replace(byId('comparison'), el('span', { class: `badge ${tone}` }, word), document.createTextNode(` ${rest}`));
}

function setBusy(isBusy) {
  // Not 'disabled': that would take the focus away.
  byId('compare').setAttribute('aria-disabled', isBusy);
  byId('stop').hidden = !isBusy;
}
