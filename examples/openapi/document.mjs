// docs/openapi.json as a judge of answers, by Ajv, unmodified.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
// OpenAPI's own format of numbers, which JSON Schema does not know.
ajv.addFormat('int64', { type: 'number', validate: Number.isSafeInteger });
ajv.addSchema(document, 'document');

/**
 * Fails unless the document knows this status of this operation and the body is as it says there. Clients must pass over members
 * that they do not know; a test must not, so each one has to be described.
 */
export function judge(method, path, status, body) {
  const answer = document.paths[path][method.toLowerCase()].responses[status];
  assert.ok(answer, `${method} ${path}: ${status} is not described`);
  const { $ref } = answer.content['application/json'].schema;
  const fits = ajv.getSchema(`document${$ref}`);
  assert.ok(fits(body), `${method} ${path} ${status}: ${ajv.errorsText(fits.errors)}\n${JSON.stringify(body)}`);
  const known = members({ $ref });
  assert.deepEqual(Object.keys(body).filter((name) => !known.has(name)), [], `${method} ${path} ${status} says more`);
  return body;
}

/** The names of the members of a schema, those that it takes from others among them. */
function members({ $ref, properties = {}, allOf = [] }) {
  const referred = $ref ? members(document.components.schemas[$ref.split('/').pop()]) : [];
  return new Set([...Object.keys(properties), ...referred, ...allOf.flatMap((part) => [...members(part)])]);
}
