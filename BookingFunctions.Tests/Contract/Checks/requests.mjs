// What requests may look like: as the document says, or nearly.
import fc from 'fast-check';

const words = fc.constantFrom(
  'Ford 150', 'Flaky Ford', 'Stuck Inn', 'Invalid 123', 'Hilton 123', 'ill', '🧳', "O'Neill", '../%2e', '\u0000', '<b>');
const text = ({ minLength = 0, maxLength = 40, pattern = '' }) =>
  fc.oneof(words, fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 40) }))
    .filter(value => new RegExp(pattern, 'u').test(value));
const time = fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
  .map(value => value.toISOString());

/** A value that keeps a schema. */
export function valid(schema) {
  if (schema.enum) {
    return fc.constantFrom(...schema.enum);
  }

  const [type, ...others] = [schema.type].flat();
  const one = {
    string: () => schema.format === 'date-time' ? time : text(schema),
    integer: () => fc.integer({ min: schema.minimum, max: schema.maximum }),
    boolean: () => fc.boolean(),
    object: () => fc.record(
      Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, valid(property)])),
      { requiredKeys: schema.required ?? [] }),
  }[type]();
  return others.includes('null') ? fc.option(one) : one;
}

/** A body, which may break its schema, or be no JSON. */
const body = schema => fc.oneof(
  { weight: 3, arbitrary: valid(schema).map(value => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc.tuple(valid(schema), fc.constantFrom(...Object.keys(schema.properties), 'other'), fc.jsonValue({ depthSize: 'small' }))
      .map(([value, name, other]) => JSON.stringify({ ...value, [name]: other })),
  },
  fc.tuple(valid(schema), fc.constantFrom(...schema.required)).map(([value, name]) => JSON.stringify({ ...value, [name]: undefined })),
  fc.json({ depthSize: 'small' }),
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes)));

// Dots alone are no segment of a path, and with a slash it is another path.
const segment = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 })
  .filter(value => !/^\.+$|\//.test(value)).map(encodeURIComponent);

// Node.js takes the bytes of a header as characters.
const known = fc.constantFrom('wait=0', 'wait=1', 'wait=x', 'respond-async', 'Confirmed', 'Cancelled', 'key 1', 'key 2');
const header = schema => fc.oneof(valid(schema), known)
  .map(value => Buffer.from(value.replace(/\p{Cc}/gu, '').replace(/^ +| +$/g, '') || 'none').toString('latin1'));
const anything = fc.string({ unit: 'binary' });
const likely = (arbitrary, other) => fc.oneof({ weight: 9, arbitrary }, { weight: 1, arbitrary: other });

/** A request of an operation. */
export function requestOf(operation, ids) {
  const named = (place, of) => Object.fromEntries(
    operation.parameters.filter(parameter => parameter.in === place).map(parameter => [parameter.name, of(parameter)]));
  return fc.record({
    operation: fc.constant(operation),
    paths: fc.record(named('path', parameter => likely(
      parameter.schema.enum ? valid(parameter.schema) : fc.constantFrom(...ids), segment))),
    query: fc.record(named('query', parameter => likely(valid(parameter.schema), anything)), { requiredKeys: [] }),
    more: likely(fc.constant({}), fc.dictionary(anything, anything, { maxKeys: 2 })),
    headers: fc.record(named('header', parameter => header(parameter.schema)), { requiredKeys: [] }),
    type: likely(
      fc.constant('application/json'),
      fc.constantFrom('text/plain', 'application/json; charset=utf-16', 'application/a+json', ';', 'json')),
    encoding: likely(fc.constant(undefined), fc.constantFrom('gzip', 'identity', 'br')),
    body: operation.body ? body(operation.body.schema) : fc.constant(undefined),
  }).map(({ paths, query, more, headers, type, encoding, ...parts }) => ({
    operation,
    method: operation.method,
    path: operation.path.replace(/\{(\w+)\}/g, (_, name) => paths[name])
      + queryOf(Object.entries({ ...query, ...more })),
    headers: {
      ...headers, ...(parts.body === undefined ? {} : { 'Content-Type': type, ...(encoding && { 'Content-Encoding': encoding }) }),
    },
    body: parts.body,
    query: { ...query, ...more },
    // The server takes no NUL in a path, whatever the document says of ids.
    isOdd: type !== 'application/json' || encoding !== undefined || Object.keys(more).length > 0
      || Object.values(paths).some(value => value.includes('%00')),
  }));
}

const queryOf = pairs => pairs.length === 0 ? '' : '?' + pairs.map(pair => pair.map(encodeURIComponent).join('=')).join('&');
