// Calls the API. On Azure it wants a function key: that is asked for once, when the API answers 401, and kept for this session only.

import { askForKey } from './key.js';
import { learnServerTime } from './time.js';

const KeyItem = 'functions-key';
const KeyHeader = 'x-functions-key';

let asking = null;

/** A refused or failed request, with the API's problem document. */
export class Problem extends Error {
  /**
   * @param {number} status The HTTP status; 0 if there was no answer.
   * @param {{title?: string, detail?: string, errors?: Record<string, string[]>}} document The problem document.
   */
  constructor(status, document) {
    super(document.detail ?? document.title ?? `The server answered ${status}.`);
    this.name = 'Problem';
    this.status = status;
    /** What is wrong with each field. */
    this.errors = document.errors ?? {};
  }
}

/** Whether a failure means that the server can't be reached, or can't do its work now: asking again later may help. */
export const isAway = error => error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);

/** Reads JSON. @throws {Problem} */
export async function get(path, { signal } = {}) {
  return (await send(path, { signal })).json();
}

/** Sends JSON, and reads the answer. @throws {Problem} */
export async function post(path, body, { headers = {}, signal } = {}) {
  const answer = await send(path, {
    method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers }, signal,
  });
  return answer.status === 204 ? null : answer.json();
}

/**
 * Sends a request, with the key if there is one.
 * @returns {Promise<Response>} An answer that says that all is well.
 * @throws {Problem} Another answer, or none. What the signal aborts throws its AbortError.
 */
export async function send(path, options = {}) {
  for (;;) {
    const key = sessionStorage.getItem(KeyItem);
    const answer = await fetchWith(key, path, options);
    learnServerTime(answer);
    if (answer.status !== 401) {
      if (!answer.ok) {
        throw new Problem(answer.status, await readProblem(answer));
      }
      return answer;
    }

    // Another request may have asked meanwhile.
    if (sessionStorage.getItem(KeyItem) === key && !await askOnce(key !== null)) {
      throw new Problem(401, { detail: 'The server wants a function key. Reload the page to be asked for it again.' });
    }
  }
}

async function fetchWith(key, path, options) {
  try {
    return await fetch(path, {
      ...options, cache: 'no-store', credentials: 'same-origin', headers: { ...options.headers, ...(key === null ? {} : { [KeyHeader]: key }) },
    });
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    throw new Problem(0, { detail: 'The server can’t be reached.' });
  }
}

// However many requests are refused at the same time, the user is asked once, and not again by this page after declining.
async function askOnce(wasRefused) {
  asking ??= askForKey(wasRefused).then(key => {
    if (key !== null) {
      sessionStorage.setItem(KeyItem, key);
      asking = null;
    }
    return key !== null;
  });
  return asking;
}

async function readProblem(answer) {
  try {
    const document = await answer.json();
    return typeof document === 'object' && document !== null ? document : {};
  } catch {
    return {};
  }
}
