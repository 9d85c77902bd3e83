// What stands in the head of a request, as packages read it.

import basicAuth from 'basic-auth';
import { parseCookie } from 'cookie';
import qs from 'qs';

// Answers with no content, and with what was read in the header `X-Read`: most operations about
// parameters define no content.
export function echo(request, response) {
  const query = request.url.split('?').slice(1).join('?');
  const { authorization, cookie, ...headers } = request.headers;
  const read = {
    // The URL standard's reading, which browsers, Deno and Node share.
    pairs: [...new URLSearchParams(query)],
    // What Express reads.
    qs: qs.parse(query),
    // The same, where a list is one value with commas.
    commas: qs.parse(query, { comma: true }),
    cookies: parseCookie(cookie ?? ''),
    basic: basicAuth(request) ?? null,
    bearer: authorization?.startsWith('Bearer ') ? authorization.slice(7) : null,
    headers,
  };
  response.writeHead(204, { 'X-Read': encodeURIComponent(JSON.stringify(read)) }).end();
}
