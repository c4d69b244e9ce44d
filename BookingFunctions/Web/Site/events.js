// Reads server-sent events. EventSource can't send a header, and so no key: this reads them with fetch, and reconnects.

import { isAway, send } from './api.js';

const FirstWait = 300;
const LongestWait = 5000;

// The server sends something every 15 seconds: after this long a silence the connection is dead, though it was not closed.
const LongestSilence = 40_000;

/**
 * Watches a stream until the server says that there is no more to come, or the signal fires.
 * @param {string} path The stream's address.
 * @param {object} watcher
 * @param {(data: any) => void} watcher.onEvent Gets the JSON of each event.
 * @param {() => void} [watcher.onAway] The server has gone, or can't be reached; it is tried again.
 * @param {() => void} [watcher.onBack] It is there again.
 * @param {AbortSignal} [watcher.signal] Ends the watch.
 * @returns {Promise<void>} Completes at the end of the stream. @throws {import('./api.js').Problem} The server refuses.
 */
export async function watch(path, { onEvent, onAway = () => {}, onBack = () => {}, signal }) {
  let [lastId, wait, away] = [null, FirstWait, false];
  while (!signal?.aborted) {
    try {
      const headers = { Accept: 'text/event-stream', ...(lastId === null ? {} : { 'Last-Event-ID': lastId }) };
      const answer = await send(path, { headers, signal });
      if (away) {
        away = false;
        onBack();
      }
      if (answer.status === 204) {
        return;
      }

      for await (const event of readEvents(answer.body)) {
        wait = FirstWait;
        lastId = event.id ?? lastId;
        onEvent(JSON.parse(event.data));
      }
    } catch (error) {
      if (signal?.aborted) {
        return;
      }
      if (!isAway(error) && !(error instanceof BrokenStream)) {
        throw error;
      }
      if (!away) {
        away = true;
        onAway();
      }
    }

    await pause(wait * (0.75 + Math.random() / 2), signal);
    wait = Math.min(wait * 1.6, LongestWait);
  }
}

/** The connection broke in the middle of a stream. */
class BrokenStream extends Error {}

// Events as the HTML standard defines them, as far as this API sends them: the fields 'id' and 'data', and comments.
async function* readEvents(body) {
  let event = { id: null, data: [] };
  for await (const line of readLines(body)) {
    if (line === '') {
      if (event.data.length > 0) {
        yield { id: event.id, data: event.data.join('\n') };
      }
      event = { id: null, data: [] };
    } else if (line.startsWith('data:')) {
      event.data.push(line.slice(5).replace(/^ /, ''));
    } else if (line.startsWith('id:')) {
      event.id = line.slice(3).trim();
    }
  }
}

async function* readLines(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await read(reader);
      if (done) {
        return;
      }
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r?\n/);
      rest = lines.pop();
      yield* lines;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function read(reader) {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('Nothing came for too long.')), LongestSilence);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } catch (error) {
    throw new BrokenStream('The connection to the server broke.', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Waits, or until the signal fires. */
export function pause(milliseconds, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });

    function end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    }
  });
}
