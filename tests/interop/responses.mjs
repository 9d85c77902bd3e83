// Responses that are read while they are received.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { createEventBuffer, createSession } from 'better-sse';
import Negotiator from 'negotiator';

// Events by better-sse.
export async function events(request, response, [path]) {
  await { prices, states, chat }[path](request, response);
}

// Three connections: one that breaks off within the third event, one that ends behind it, and none.
async function prices(request, response) {
  const price = (id) => ({ symbol: 'Ä\n"1"', price: id / 4 });
  const last = request.headers['last-event-id'];
  if (last === '3') {
    // Nobody is asked to come again.
    await createSession(request, response, { statusCode: 204, retry: null });
    response.end();
    return;
  }
  const session = await createSession(request, response, { retry: 1 });
  if (session.lastId === '') {
    await session.batch(createEventBuffer().comment('hello\nthere').push(price(1), 'price', '1'));
    session.push(price(2), 'price', '2');
    const lost = 'event:price\nid:3\ndata:{"symbol":';
    response.write(lost, () => response.socket.destroy());
  } else if (session.lastId === '2') {
    session.push(price(3), 'price', '3');
    response.end();
  } else {
    throw new Error(`nobody was given the id ${last}`);
  }
}

// Text, with ids that better-sse makes up.
async function states(request, response) {
  if (request.headers['last-event-id']) {
    await createSession(request, response, { statusCode: 204, retry: null });
  } else {
    const session = await createSession(request, response, { retry: 1, serializer: String });
    await session.iterate(['on', 'off', 'dimmed'], { eventName: 'state' });
  }
  response.end();
}

// An answer word by word; the last event is no JSON, and the connection stays open.
async function chat(request, response) {
  const { prompt } = JSON.parse(Buffer.concat(await request.toArray()));
  const session = await createSession(request, response, { serializer: String });
  for (const word of prompt.split(' ')) session.push(JSON.stringify({ word }));
  session.push('[DONE]');
}

// Lines in chunks that keep to no line, or whatever else is asked for.
export async function lines(request, response, [path]) {
  const offered = {
    readings: ['text/csv', 'application/json', 'application/x-ndjson'],
    log: ['text/html', 'application/json-seq'],
    anything: ['application/jsonl'],
  }[path];
  const mediaType = new Negotiator(request).mediaType(offered);
  response.writeHead(mediaType ? 200 : 406, { 'Content-Type': mediaType ?? 'text/plain' });
  await pipeline(Readable.from(cut(Buffer.from(TEXTS[mediaType]?.() ?? ''), 777)), response);
}

const reading = (at) => JSON.stringify({ at, value: at / 8 });
const READINGS = Array.from({ length: 2000 }, (_, at) => reading(at));
const LEVELS = ['low', 'hö\nh'];
const TEXTS = {
  'application/json': () => `[${READINGS.join(',')}]`,
  'application/x-ndjson': () => READINGS.map((line) => `${line}\r\n`).join(''),
  'application/json-seq': () => LEVELS.map((level) => `\u001e${JSON.stringify({ level }, null, 2)}\n`).join(''),
  'application/jsonl': () => '1\n"zwei ✓"\n\n[null,{"a":[]}]\ntrue',
};

function* cut(bytes, length) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

// Four MiB: byte n is n mod 251.
const REPORT = Buffer.from(Uint8Array.from({ length: 4 << 20 }, (_, at) => at % 251));

// A report, compressed where the client says that it takes that.
export async function bytes(request, response, path) {
  if (path.at(-1) === 'missing') {
    response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"reason":"gone"}');
    return;
  }
  const isText = path[0] === 'log';
  const content = isText ? [Buffer.from('✓ß'.repeat(5000))] : [REPORT];
  const coding = new Negotiator(request).encoding(['gzip', 'identity'], { preferred: ['gzip'] });
  response.setHeader('Content-Type', isText ? 'text/plain; charset=utf-8' : 'application/octet-stream');
  const source = Readable.from(content.flatMap((bytes) => [...cut(bytes, 10007)]));
  if (coding === 'gzip') {
    response.setHeader('Content-Encoding', 'gzip');
    await pipeline(source, createGzip(), response);
  } else {
    await pipeline(source, response);
  }
}
