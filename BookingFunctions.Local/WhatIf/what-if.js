// Makes suppliers misbehave. The local host has this, in development, on SQLite.

import { get, send } from './api.js';
import { el, replace, setText } from './dom.js';
import { poll } from './poll.js';
import { formatTime, toMilliseconds } from './time.js';

const Path = '/what-if/suppliers';
const Every = 5000;

const Conditions = {
  healthy: { word: 'Healthy', tone: 'good', text: 'Nothing is wrong.' },
  unavailable: { word: 'Unavailable', tone: 'bad', text: 'Each call fails; trips try again.' },
  slow: { word: 'Slow', tone: 'wait', text: 'Each call takes longer; past its timeout, its outcome is unknown.' },
  soldOut: { word: 'Sold out', tone: 'bad', text: 'New bookings are refused, for good.' },
  losesAnswers: { word: 'Loses answers', tone: 'wait', text: 'Each call is carried out, but its answer is lost.' },
  undoFails: { word: 'Undo fails', tone: 'bad', text: 'Bookings succeed, and undos fail.' },
};

/** Shows the panel. */
export function show(section) {
  const reset = el('button', { type: 'button', onclick: () => change('DELETE', Path) }, 'Reset all suppliers');
  const said = el('p', { class: 'said', role: 'status' });
  const forms = el('div', { class: 'suppliers' });
  const suppliers = new Map();
  section.setAttribute('aria-labelledby', 'what-if-title');
  replace(section,
    el('div', { class: 'section-head' },
      el('div', {},
        el('h2', { id: 'what-if-title' }, 'What if…'),
        el('p', { class: 'soft' }, 'Make a supplier misbehave while trips run. It stays so over restarts, until it is reset. In development only.')),
      reset),
    forms, said);
  const state = poll(async signal => {
    for (const supplier of (await get(Path, { signal })).suppliers) {
      if (!suppliers.has(supplier.leg)) {
        suppliers.set(supplier.leg, makeSupplier(supplier.leg, change));
        forms.append(suppliers.get(supplier.leg).element);
      }
      suppliers.get(supplier.leg).show(supplier);
    }
    return Every;
  }, error => setText(said, error.message));

  async function change(method, path, body) {
    said.classList.remove('error');
    try {
      await send(path, { method, ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }) });
      setText(said, '');
    } catch (error) {
      said.classList.add('error');
      setText(said, Object.values(error.errors ?? {}).flat().join(' ') || error.message);
    }
    state.now();
  }
}

function makeSupplier(leg, change) {
  const title = `what-if-${leg}`;
  const hint = el('p', { class: 'hint', id: `${title}-hint` });
  const select = el('select', { id: `${title}-condition`, 'aria-describedby': hint.id, onchange: choose },
    Object.entries(Conditions).map(([name, { word }]) => el('option', { value: name }, word)));
  const seconds = el('input', { id: `${title}-seconds`, type: 'number', min: 1, max: 60, step: 1, value: 2 });
  const more = el('div', { class: 'field seconds', hidden: true }, el('label', { for: seconds.id }, 'Seconds more'), seconds);
  const state = el('p', { class: 'row', role: 'status' });
  const element = el('form', { class: 'supplier', 'aria-labelledby': title, novalidate: true, onsubmit: apply },
    el('h3', { id: title }, leg[0].toUpperCase() + leg.slice(1)),
    state,
    el('div', { class: 'field' }, el('label', { for: select.id }, 'What if it is'), select, hint),
    more,
    el('button', {}, 'Apply'));
  let last = '';
  return {
    element,
    show(supplier) {
      const text = JSON.stringify(supplier);
      if (text === last) {
        return;
      }
      last = text;
      const { word, tone } = Conditions[supplier.condition];
      replace(state, el('span', { class: `badge ${tone}` }, supplier.seconds === null ? word : `${word}: ${supplier.seconds} s more`),
        supplier.since !== null && el('span', { class: 'soft number' }, `since ${formatTime(toMilliseconds(supplier.since))}`));
      select.value = supplier.condition;
      seconds.value = supplier.seconds ?? seconds.value;
      choose();
    },
  };

  function choose() {
    more.hidden = select.value !== 'slow';
    setText(hint, Conditions[select.value].text);
  }

  function apply(event) {
    event.preventDefault();
    const condition = select.value;
    change('PUT', `${Path}/${leg}`, condition === 'slow' ? { condition, seconds: seconds.valueAsNumber } : { condition });
  }
}
