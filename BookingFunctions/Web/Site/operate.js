// The operators' page: each part of it is a module of its own; a host can add some.

import { get } from './api.js';
import { showAttention } from './attention.js';
import { byId, el } from './dom.js';
import { showHealth } from './health.js';
import { offerReconciliation } from './reconciliation.js';

showHealth();
showAttention();
offerReconciliation();
await addPanels();

async function addPanels() {
  for (const module of await get('/operate/panels')) {
    const section = el('section', { class: 'card stack' });
    byId('panels').append(section);
    (await import(module)).show(section);
  }
}
