// The OpenAPI document: its operations, and whether an answer is one that it has.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Holds requests and answers against a document. */
export class ApiDocument {
  #ajv = addFormats(new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, validateFormats: true }));

  constructor(json) {
    const resolved = strictly(dereference(json, json));
    this.#ajv.addVocabulary(['example']);
    this.#ajv.addFormat('int32', { type: 'number', validate: number => Number.isInteger(number) && Math.abs(number) < 2 ** 31 });
    this.schemas = resolved.components.schemas;
    this.operations = Object.entries(resolved.paths).flatMap(([path, item]) =>
      ['get', 'post'].filter(method => method in item).map(method => ({
        id: item[method].operationId,
        method: method.toUpperCase(),
        path,
        parameters: [...item.parameters ?? [], ...item[method].parameters ?? []],
        body: item[method].requestBody?.content['application/json'],
        responses: item[method].responses,
        isOpen: item[method].security?.every(scheme => Object.keys(scheme).length === 0) ?? false,
      })));
  }

  /** Says what of an answer the document doesn't have, a line each. */
  problems(operation, answer) {
    const documented = operation.responses[answer.status];
    if (!documented) {
      return [`${operation.id} has no ${answer.status}.`];
    }

    const problems = Object.entries(documented.headers ?? {}).flatMap(([name, header]) => {
      const value = answer.headers[name.toLowerCase()];
      return value === undefined
        ? [`${name} is missing.`]
        : this.errors(header.schema, header.schema.type === 'integer' ? Number(value) : value);
    });
    const [[type, content] = ['', null]] = Object.entries(documented.content ?? {});
    const found = (answer.headers['content-type'] ?? '').split(';')[0];
    if (type !== found) {
      problems.push(`The content is '${found}', and not '${type}'.`);
    } else if (content === null ? answer.text !== '' : type.endsWith('json')) {
      problems.push(...this.errors(content?.schema ?? false, parse(answer.text)));
    } else if (type === 'text/event-stream') {
      problems.push(...events(answer.text).flatMap(data => this.errors(this.schemas.Trip, parse(data))));
    }

    return problems;
  }

  /** Says what of a value breaks a schema, a line each. */
  errors(schema, value) {
    const validate = this.#ajv.compile(schema);
    return validate(value)
      ? []
      : validate.errors.map(error => `${error.instancePath || 'The whole'} ${error.message}: ${JSON.stringify(error.params)}`);
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// An event that was not sent to its end has no blank line behind it.
const events = text => text.split('\n\n').slice(0, -1)
  .flatMap(event => event.split('\n')).filter(line => line.startsWith('data: ')).map(line => line.slice(6));

function dereference(part, root) {
  if (Array.isArray(part)) {
    return part.map(item => dereference(item, root));
  }

  if (part === null || typeof part !== 'object') {
    return part;
  }

  return part.$ref
    ? dereference(part.$ref.slice(2).split('/').reduce((found, name) => found[name], root), root)
    : Object.fromEntries(Object.entries(part).map(([name, value]) => [name, name === 'example' ? value : dereference(value, root)]));
}

// Nothing is answered that the document doesn't name.
function strictly(part) {
  if (Array.isArray(part)) {
    return part.map(strictly);
  }

  if (part === null || typeof part !== 'object') {
    return part;
  }

  const strict = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, strictly(value)]));
  return part.type === 'object' && part.properties ? { additionalProperties: false, ...strict } : strict;
}
