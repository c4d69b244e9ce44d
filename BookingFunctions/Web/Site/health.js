// Whether the host takes requests.

import { get, isAway, Problem } from './api.js';
import { byId, el, replace } from './dom.js';
import { pause } from './events.js';

const Every = 10_000;

/** Shows it, and keeps it up to date while the page is visible. */
export async function showHealth() {
  let last = '';
  for (;;) {
    if (!document.hidden) {
      const [tone, word, why] = await ask();
      const text = `${word} ${why}`;
      if (text !== last) {
        last = text;
        replace(byId('health'), el('span', { class: `badge ${tone}` }, word), ' ', el('span', { class: 'soft' }, why));
      }
    }
    await pause(Every);
  }
}

async function ask() {
  try {
    await get('/api/health');
    return ['good', 'Ready', 'The stores answer.'];
  } catch (error) {
    return error instanceof Problem && error.status !== 0 && isAway(error) ? ['bad', 'Not ready', error.message] : ['wait', 'Away', error.message];
  }
}
