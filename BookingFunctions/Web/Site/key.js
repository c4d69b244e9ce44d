// Asks for the function key.

import { el } from './dom.js';

/**
 * Asks in a dialog.
 * @param {boolean} wasRefused Whether there was a key, and the API did not take it.
 * @returns {Promise<string | null>} The key, or null if the person declines.
 */
export function askForKey(wasRefused) {
  return new Promise(resolve => {
    const input = el('input', {
      id: 'key', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true,
      'aria-describedby': wasRefused ? 'key-error key-hint' : 'key-hint', 'aria-invalid': wasRefused,
    });
    const dialog = el('dialog', { 'aria-labelledby': 'key-title', onclose: close },
      el('form', { method: 'dialog' },
        el('h2', { id: 'key-title' }, 'Function key'),
        el('div', { class: 'field' },
          el('label', { for: 'key' }, 'This server asks for a key'),
          input,
          wasRefused && el('p', { class: 'error', id: 'key-error' }, 'The server did not accept that key.'),
          el('p', { class: 'hint', id: 'key-hint' }, 'It is kept until you close this tab, and sent to this server only.')),
        el('div', { class: 'row' },
          el('button', { type: 'button', onclick: () => dialog.close() }, 'Not now'),
          el('button', { class: 'primary', value: 'use' }, 'Use this key'))));

    function close() {
      const key = input.value.trim();
      dialog.remove();
      resolve(dialog.returnValue === 'use' && key !== '' ? key : null);
    }

    document.body.append(dialog);
    dialog.showModal();
  });
}
