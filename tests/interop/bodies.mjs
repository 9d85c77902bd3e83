// Bodies of requests, each read by two parsers where there are two.

import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

import busboy from 'busboy';
import qs from 'qs';

// Answers as the last part of the path asks for it.
export async function bodies(request, response, path) {
  const handlers = { bytes: pipe, text: pipe, token: form, orders: form, photos: parts, pages: parts, places: parts };
  // `/large/photos` is of a file that nobody can hold.
  const handle = path[0] === 'large' ? large : handlers[path.at(-1)];
  await handle(request, response);
}

function json(response, value) {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

// Gives back what comes while it comes.
async function pipe(request, response) {
  response.writeHead(200, { 'Content-Type': request.headers['content-type'] });
  response.flushHeaders();
  await pipeline(request, response);
}

async function form(request, response) {
  const body = await text(request);
  const mediaType = request.headers['content-type'];
  json(response, { mediaType, pairs: [...new URLSearchParams(body)], qs: qs.parse(body) });
}

// Reads parts by busboy, which multer and others are built on, and by the `FormData` of the fetch standard.
async function parts(request, response) {
  const body = await buffer(request);
  json(response, {
    busboy: await byBusboy(Readable.from([body]), request.headers),
    formData: await byFetch(body, request.headers),
  });
}

// Names are UTF-8, as browsers write them; without a word busboy reads them as Latin-1.
function parser(headers) {
  return busboy({ headers, defParamCharset: 'utf8', preservePath: true });
}

async function byBusboy(stream, headers) {
  const found = [];
  const reading = [];
  const parsing = parser(headers);
  parsing.on('field', (name, value, { mimeType }) => found.push({ name, mediaType: mimeType, value }));
  parsing.on('file', (name, file, { filename, mimeType }) => {
    const part = { name, fileName: filename ?? null, mediaType: mimeType };
    found.push(part);
    reading.push(text(file).then((value) => Object.assign(part, { value })));
  });
  await pipeline(stream, parsing);
  await Promise.all(reading);
  return found;
}

async function byFetch(body, headers) {
  const found = [];
  const response = new Response(body, { headers: { 'Content-Type': headers['content-type'] } });
  for (const [name, value] of await response.formData()) {
    found.push(
      typeof value === 'string'
        ? { name, value }
        : { name, fileName: value.name, mediaType: value.type, value: await value.text() },
    );
  }
  return found;
}

// Reads one file chunk by chunk, and says how long it is and where it breaks off its pattern: byte n is n mod 251.
async function large(request, response) {
  const parsing = parser(request.headers);
  const { promise, resolve, reject } = withResolvers();
  parsing.on('file', (name, file) => measure(file).then(resolve, reject));
  await pipeline(request, parsing);
  const lengthHeader = request.headers['content-length'];
  json(response, { ...(await promise), isLengthKnown: lengthHeader !== undefined });
}

async function measure(file) {
  let length = 0;
  let broken = null;
  for await (const chunk of file) {
    for (let at = 0; at < chunk.length && broken === null; at += 1) {
      if (chunk[at] !== (length + at) % 251) broken = length + at;
    }
    length += chunk.length;
  }
  return { length, broken };
}

// `Promise.withResolvers`, which Node 20 lacks.
function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
