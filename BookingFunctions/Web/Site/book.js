// The page that books a trip.

import { post, Problem } from './api.js';
import { Demos, PlainOrder } from './demos.js';
import { byId, el, replace } from './dom.js';

const Texts = ['name', 'car', 'hotel', 'flight'];
const Numbers = ['attempts', 'deadlineSeconds'];
const Endings = { Confirmed: 'good', Cancelled: 'back', 'Needs attention': 'bad' };

const form = byId('order');

// The same order sent again, by a double click or because no answer came, has the same key: it is one trip.
let last = { body: null, key: null };
let isSending = false;

form.addEventListener('submit', event => {
  event.preventDefault();
  book();
});

for (const input of form.elements) {
  input.addEventListener('input', () => showFieldError(input, []));
}

replace(byId('demos'), Demos.map((demo, index) => el('li', {},
  el('h3', {}, el('span', { id: `demo-${index}` }, demo.title), el('span', { class: `badge ${Endings[demo.ends]}` }, demo.ends)),
  el('p', { id: `story-${index}` }, demo.story.split('`').map((text, i) => i % 2 === 1 ? el('code', {}, text) : text)),
  el('button', { type: 'button', 'aria-labelledby': `demo-${index}-try demo-${index}`, 'aria-describedby': `story-${index}`, onclick: () => show(demo) },
    el('span', { id: `demo-${index}-try` }, 'Try it')))));

// A page that the browser has kept, and shows again on "back", may send again.
window.addEventListener('pageshow', () => setSending(false));

function show(demo) {
  const order = { ...PlainOrder, name: form.elements.name.value.trim() || PlainOrder.name, ...demo.order };
  for (const name of [...Texts, ...Numbers]) {
    form.elements[name].value = order[name] ?? '';
  }
  form.elements.parallel.checked = order.parallel ?? false;
  book();
}

async function book() {
  if (isSending) {
    return;
  }
  setSending(true);
  showErrors({});
  const body = readOrder();
  const text = JSON.stringify(body);
  if (last.body !== text) {
    last = { body: text, key: newKey() };
  }

  try {
    const { id } = await post('/api/trips', body, { headers: { 'Idempotency-Key': last.key } });
    last = { body: null, key: null };
    location.assign(`/trips/${encodeURIComponent(id)}`);
  } catch (error) {
    setSending(false);
    if (!(error instanceof Problem)) {
      throw error;
    }
    showErrors(error.errors, error.message, error.status === 0);
  }
}

// What isn't a number is sent as it is: the API says what it has to be.
function readOrder() {
  const order = Object.fromEntries(Texts.map(name => [name, form.elements[name].value]));
  for (const name of Numbers) {
    const value = form.elements[name].value.trim();
    if (value !== '') {
      order[name] = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    }
  }
  return form.elements.parallel.checked ? { ...order, parallel: true } : order;
}

/** Shows what is wrong beside the fields that it concerns, the rest above them, and goes to the first. */
function showErrors(errors, message = null, isLost = false) {
  const known = [...Texts, ...Numbers, 'parallel'];
  for (const name of known) {
    showFieldError(form.elements[name], errors[name] ?? []);
  }

  const others = Object.entries(errors).filter(([name]) => !known.includes(name)).flatMap(([, texts]) => texts);
  const isAllBesideFields = Object.keys(errors).length > 0 && others.length === 0;
  const notice = byId('order-error');
  notice.hidden = message === null || isAllBesideFields;
  replace(notice, notice.hidden ? null : [
    others.length > 0 ? others.join(' ') : message,
    isLost ? ' Whether the trip was stored is unknown. Book again: it stays one trip.' : null]);
  form.querySelector('[aria-invalid="true"]')?.focus();
}

function showFieldError(input, texts) {
  const id = `${input.id}-error`;
  const hint = document.getElementById(`${input.id}-hint`);
  document.getElementById(id)?.remove();
  input.removeAttribute('aria-invalid');
  if (texts.length > 0) {
    input.setAttribute('aria-invalid', 'true');
    input.closest('.field, .check').append(el('p', { class: 'error', id }, texts.join(' ')));
  }

  const describes = [texts.length > 0 ? id : null, hint?.id].filter(Boolean).join(' ');
  if (describes === '') {
    input.removeAttribute('aria-describedby');
  } else {
    input.setAttribute('aria-describedby', describes);
  }
}

// Only "aria-disabled", so that the focus stays where it is.
function setSending(value) {
  isSending = value;
  for (const button of document.querySelectorAll('main button')) {
    button.setAttribute('aria-disabled', String(value));
  }
  byId('book').textContent = value ? 'Booking…' : 'Book the trip';
}

// crypto.randomUUID() is there on safe origins only, and this host may be called by another name in the clear.
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
