// Sends requests of all kinds to a host, and fails if it answers one with what its OpenAPI document doesn't have:
// node fuzz.mjs <address> <key> <runs> [<seed>]. First those that bring about each documented answer, then any.
import fc from 'fast-check';
import { Client } from './client.mjs';
import { ApiDocument } from './document.mjs';
import { requestOf } from './requests.mjs';

const [address, key, runs, seed = Date.now() % 2 ** 31] = process.argv.slice(2);
const client = new Client(address, key);
const document = new ApiDocument(JSON.parse((await client.send({ method: 'GET', path: '/api/openapi.json' })).text));
const operations = Object.fromEntries(document.operations.map(operation => [operation.id, operation]));
const seen = new Set();

// Azure alone answers 429, and a host whose stores can't be read 503.
const elsewhere = ['429', '503'];

async function ask(operation, request, isWrong = () => null) {
  const answer = await client.send(request);
  seen.add(`${operation.id} ${answer.status}`);
  const wrong = [...document.problems(operation, answer), isWrong(answer)].filter(Boolean);
  if (wrong.length > 0) {
    const found = `${answer.status} ${JSON.stringify(answer.headers)}\n${answer.text}`;
    throw new Error(`${wrong.join('\n')}\n\n${client.curl(request)}\n\nwas answered ${found}`);
  }

  return answer;
}

const get = (id, path, more = {}) => ask(operations[id], { method: 'GET', path, ...more });
const post = (id, path, value, headers = {}) => ask(
  operations[id], { method: 'POST', path, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) });

async function book(more = {}, headers = { Prefer: 'wait=60' }) {
  const order = { name: 'Alice Jones', car: 'Ford 150', hotel: 'Hilton 123', flight: 'Alaska Airlines 123', ...more };
  return JSON.parse((await post('StartTrip', '/api/trips', order, headers)).text).id;
}

async function until(what, isSo) {
  for (const start = Date.now(); !await isSo(); await new Promise(resolve => setTimeout(resolve, 50))) {
    if (Date.now() - start > 60_000) {
      throw new Error(`In a minute it has not come to this: ${what}.`);
    }
  }
}

// Brings about each documented answer, and leaves trips behind whose ids are returned.
async function bringAbout() {
  const confirmed = await book();
  const cancelled = await book({ car: 'Flaky Ford', flight: 'Invalid 123' });
  const stuck = await book({ hotel: 'Stuck Inn', flight: 'Invalid 123' }, {});
  await until(
    'an undo is given up', async () => JSON.parse((await get('GetTrip', `/api/trips/${stuck}`)).text).status === 'NeedsAttention');
  const purged = await book();
  const purge = { method: 'DELETE', path: `/runtime/webhooks/durabletask/instances/${purged}` };
  await until('an instance is purged', async () => (await client.send(purge)).status === 200);
  await get('GetTripHistory', `/api/trips/${purged}/history`);
  await get('GetTripEvents', `/api/trips/${confirmed}/events`, { headers: { 'Last-Event-ID': 'Confirmed' } });
  await post('StartTrip', '/api/trips', { name: 'a', car: 'b', hotel: 'c', flight: 'd' }, { 'Idempotency-Key': 'key 1' });
  await post('StartTrip', '/api/trips', { name: 'a', car: 'b', hotel: 'c', flight: 'e' }, { 'Idempotency-Key': 'key 1' });
  await post('RequestCancellation', `/api/trips/${cancelled}/cancel`, { reason: 'ill' });
  await post('RequestCancellation', `/api/trips/${await book()}/cancel`, { reason: 'ill' });
  await post('DecideUndo', `/api/trips/${stuck}/legs/hotel/undo`, { action: 'retry' });
  await post('DecideUndo', `/api/trips/${confirmed}/legs/hotel/undo`, { action: 'skip', note: 'known' });
  for (const operation of document.operations) {
    const path = id => operation.path.replace('{id}', id).replace('{leg}', 'hotel');
    const json = { 'Content-Type': 'application/json' };
    const request = (id, more = {}) => ({
      method: operation.method,
      path: path(id),
      ...(operation.body ? { headers: json, body: JSON.stringify(operation.body.example) } : {}),
      ...more,
    });
    await ask(operation, request('unknown-0000000000'));
    await ask(
      operation, request(confirmed, { path: `${path(confirmed)}?other=1` }),
      ({ status }) => status !== 400 && 'It takes a parameter that it has not.');
    await ask(
      operation, request(confirmed, { key: null }),
      ({ status }) => (status === 401) === operation.isOpen && 'Who needs a key is documented otherwise.');

    if (operation.body) {
      await ask(operation, request(confirmed, { body: '{}' }));
      await ask(operation, request(confirmed, { body: JSON.stringify({ other: 'x'.repeat(64 * 1024) }) }));
      await ask(operation, request(confirmed, { headers: { 'Content-Type': 'text/plain' } }));
    } else {
      await ask(operation, request(confirmed));
    }
  }

  const missing = document.operations.flatMap(({ id, responses }) => Object.keys(responses)
    .filter(status => !elsewhere.includes(status) && !seen.has(`${id} ${status}`)).map(status => `${id} ${status}`));
  if (missing.length > 0) {
    throw new Error(`The document has answers that nothing here brings about: ${missing.join(', ')}.`);
  }

  return [confirmed, cancelled, stuck, purged];
}

// What the document allows is not refused, and what it doesn't allow is.
function misjudged({ operation, isOdd, query, body }) {
  const isJson = value => {
    try {
      return JSON.parse(value) !== undefined;
    } catch {
      return false;
    }
  };
  const breaks = [
    ...operation.parameters.filter(({ in: place, name }) => place === 'query' && query[name] !== undefined)
      .map(({ schema, name }) => [schema, schema.type === 'integer' && /^\d+$/.test(query[name]) ? Number(query[name]) : query[name]])
      .flatMap(([schema, value]) => document.errors(schema, value)),
    ...operation.body ? isJson(body) ? document.errors(operation.body.schema, JSON.parse(body)) : ['It is no JSON.'] : [],
  ];

  // Times have an order, too, and tokens a form of their own.
  const isMore = 'from' in query || 'to' in query || 'continuationToken' in query;
  return ({ status }) => breaks.length > 0 && status < 400 ? `It was taken, but ${breaks.join(' ')}`
    : breaks.length === 0 && !isOdd && !isMore && [400, 413, 415].includes(status) ? 'It was refused, but keeps the document.'
    : null;
}

console.log(`Seed ${seed}`);
try {
  const ids = await bringAbout();
  const requests = fc.oneof(...document.operations.map(operation => requestOf(operation, ids)));
  const run = await fc.check(
    fc.asyncProperty(requests, async request => void await ask(request.operation, request, misjudged(request))),
    { seed: Number(seed), numRuns: Number(runs) });
  if (run.failed) {
    throw run.errorInstance;
  }

  console.log(`${runs} requests were answered as the document says; with those before, ${seen.size} kinds of answers were seen.`);
  process.exit(0);
} catch (error) {
  console.log(error.message);
  process.exit(1);
}
