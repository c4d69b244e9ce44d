// Asks again and again, as long as the page is visible.

import { isAway } from './api.js';
import { showAway, showBack } from './connection.js';
import { pause } from './events.js';

const LongestWait = 15_000;

/**
 * Calls a function, waits for as long as it says, and calls it again; not while the page is hidden. While the server is away, the page
 * says so, and it is tried ever less often.
 * @param {(signal: AbortSignal) => Promise<number>} ask Asks, and tells in how many milliseconds to ask again.
 * @param {(error: unknown) => void} onRefused Called with a failure that asking again won't help; nothing is asked any more then.
 * @returns {{now: () => void, stop: () => void}} Asks at once, and drops what is under way; or ends it.
 */
export function poll(ask, onRefused) {
  let round = new AbortController();
  let stopped = false;
  run();
  document.addEventListener('visibilitychange', () => document.hidden || now());
  return { now, stop };

  function now() {
    stopped = false;
    round.abort();
    round = new AbortController();
    run();
  }

  function stop() {
    stopped = true;
    round.abort();
  }

  async function run() {
    const { signal } = round;
    let away = 0;
    while (!signal.aborted && !stopped && !document.hidden) {
      let wait;
      try {
        wait = await ask(signal);
        if (away > 0 && !signal.aborted) {
          away = 0;
          showBack();
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (!isAway(error)) {
          onRefused(error);
          return;
        }
        away++;
        showAway();
        wait = Math.min(500 * 2 ** away, LongestWait);
      }
      await pause(wait, signal);
    }
  }
}
