// Prism for a document whose schemas lead back to themselves by very many ways.
//
// The command of Prism replaces each reference by what it refers to, along every way through the schemas. Here they
// stay references to a bundle that all operations share, which the validators and the samplers of Prism follow. All else
// is what the command does: its packages read the operations, judge requests, and make up responses.
//
// node by-reference.mjs DOCUMENT.json PORT

import { readFileSync } from 'node:fs';

import { convertToJsonSchema } from '@stoplight/http-spec/oas';
import { transformOas3Operations } from '@stoplight/http-spec/oas3';
import { createLogger } from '@stoplight/prism-core';
import { createServer } from '@stoplight/prism-http-server';
import ajv from 'ajv';

const [file, port] = process.argv.slice(2);

// Prism looks for what an operation refers to in its `__bundled__`.
const text = readFileSync(file, 'utf8').replaceAll('"#/components/schemas/', '"#/__bundled__/');
const document = JSON.parse(text, withoutIdleNullable);
document.__bundled__ = document.components.schemas;
const schemas = Object.entries(document.components.schemas);
const bundle = Object.fromEntries(schemas.map(([name, schema]) => [name, convertToJsonSchema(document, schema)]));
const operations = transformOas3Operations(document);
for (const operation of operations) operation.__bundled__ = bundle;

// Without a type in the same schema, `nullable` means nothing (OpenAPI 3.0.3 §4.7.24.1), and the validator of Prism
// does not compile it.
function withoutIdleNullable(_, value) {
  if (typeof value?.nullable === 'boolean' && value.type === undefined) delete value.nullable;
  return value;
}

// Prism takes any value for valid where a schema cannot be compiled.
const { compile } = ajv.default.prototype;
ajv.default.prototype.compile = function (schema) {
  try {
    return compile.call(this, schema);
  } catch (error) {
    console.error('a schema cannot be compiled:', error);
    process.exit(1);
  }
};

// What `prism mock` has by default.
const config = {
  validateRequest: true,
  validateResponse: true,
  checkSecurity: true,
  errors: false,
  isProxy: false,
  mock: { dynamic: false, ignoreExamples: false, seed: 'interop' },
};
const logger = createLogger('HTTP SERVER', { level: 'error' });
await createServer(operations, { cors: true, config, components: { logger } }).listen(Number(port), '127.0.0.1');
