// Says on the page whether the server is there.

import { byId, setText } from './dom.js';

const BackShown = 4000;
let timer;

/** The server can't be reached. */
export function showAway() {
  show('The server is away; reconnecting…', false);
}

/** It is there again: said for a moment. */
export function showBack() {
  show('The server is back.', true);
  timer = setTimeout(() => setText(byId('connection'), ''), BackShown);
}

function show(text, isGood) {
  clearTimeout(timer);
  const line = byId('connection');
  line.classList.toggle('good', isGood);
  setText(line, text);
}
