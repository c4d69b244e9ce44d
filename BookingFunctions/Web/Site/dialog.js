// Asks for a text in a dialog, and does something with it. What the API says of it stands beside the field.

import { Problem } from './api.js';
import { el, replace } from './dom.js';

/**
 * Asks, and completes when the dialog is closed.
 * @param {object} question
 * @param {string} question.title
 * @param {string} question.text What will happen.
 * @param {string} question.label The field's label.
 * @param {string} question.field The field's name in the API.
 * @param {string} question.action What the button says.
 * @param {boolean} [question.isDangerous] Whether that can't be taken back.
 * @param {(text: string) => Promise<void>} question.send Does it; a Problem that it throws is shown, and can be mended.
 */
export function ask({ title, text, label, field, action, isDangerous = false, send }) {
  const input = el('input', { id: 'dialog-input', autocomplete: 'off' });
  const error = el('p', { class: 'error', id: 'dialog-error', role: 'alert' });
  const submit = el('button', { class: isDangerous ? 'danger' : 'primary' }, action);
  const form = el('form', { novalidate: true, onsubmit },
    el('h2', { id: 'dialog-title' }, title),
    el('p', {}, text),
    el('div', { class: 'field' }, el('label', { for: 'dialog-input' }, label), input, error),
    el('div', { class: 'row' }, el('button', { type: 'button', onclick: () => dialog.close() }, 'Back'), submit));
  const dialog = el('dialog', { 'aria-labelledby': 'dialog-title' }, form);
  let isSending = false;

  async function onsubmit(event) {
    event.preventDefault();
    if (isSending) {
      return;
    }
    isSending = true;
    try {
      await send(input.value);
      dialog.close();
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      replace(error, problem.errors[field]?.join(' ') ?? problem.message);
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', 'dialog-error');
      input.focus();
    } finally {
      isSending = false;
    }
  }

  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}
