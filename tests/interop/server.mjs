// A server for emitted clients, made of well-known packages and none of our code.
//
// It listens on a port of its own, prints its URL, and ends when its standard input does, which is
// when whoever started it is gone. Each part of it answers with what its packages made of a request.

import { createServer } from 'node:http';

import { bodies } from './bodies.mjs';
import { bytes, events, lines } from './responses.mjs';
import { echo } from './echo.mjs';
import { tokens } from './tokens.mjs';

const PARTS = { bodies, bytes, echo, events, lines, tokens };

const server = createServer(async (request, response) => {
  const [, part, ...rest] = request.url.split('?')[0].split('/');
  try {
    const handle = PARTS[part];
    if (!handle) throw new Error(`there is no part ${part}`);
    await handle(request, response, rest);
  } catch (error) {
    // Who has read enough goes.
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    // A test has to see why, whatever the operation says of its failures.
    console.error(`${request.method} ${request.url}: ${error.stack}`);
    if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
    response.end(String(error));
  }
});

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume();
process.stdin.on('close', () => process.exit());
