// The grants of OAuth 2.0 by @node-oauth/oauth2-server, with a store in memory.

import { text } from 'node:stream/consumers';

import OAuth2Server from '@node-oauth/oauth2-server';

const { Request, Response } = OAuth2Server;

const GRANTS = ['client_credentials', 'refresh_token'];
const SCOPES = ['notes.read', 'notes.write'];

// One has characters that a form has to escape, one has no secret.
const CLIENTS = [
  { id: 'app', secret: 's3cr3t', grants: GRANTS },
  { id: 'app 1', secret: 'p%ss+w&rd=:/?', grants: GRANTS },
  { id: 'public', secret: undefined, grants: ['refresh_token'] },
];

// Each test has a store of its own, by a name in its base URL.
const STORES = new Map();

function store(name) {
  if (!STORES.has(name)) STORES.set(name, newStore());
  return STORES.get(name);
}

function newStore() {
  const given = [];
  for (const client of CLIENTS) {
    given.push({ client, user: client, scope: SCOPES, refreshToken: `first of ${client.id}` });
  }
  const model = {
    getClient: (id, secret) => CLIENTS.find((client) => client.id === id && client.secret === secret),
    getUserFromClient: (client) => client,
    validateScope: (user, client, scope) => (scope ?? SCOPES).every((one) => SCOPES.includes(one)) && (scope ?? SCOPES),
    verifyScope: (token, scope) => scope.every((one) => token.scope.includes(one)),
    saveToken(token, client, user) {
      given.push({ ...token, client, user });
      return given.at(-1);
    },
    getAccessToken: (value) => given.find((token) => token.accessToken === value),
    getRefreshToken: (value) => given.find((token) => token.refreshToken === value),
    revokeToken(token) {
      token.refreshToken = undefined;
      return true;
    },
  };
  const options = { model, accessTokenLifetime: 3600, requireClientAuthentication: { refresh_token: false } };
  return { given, server: new OAuth2Server(options) };
}

// `token` gives out tokens, everything else asks for one.
export async function tokens(request, response, [name, ...path]) {
  const { given, server } = store(name);
  const made = new Response();
  const body = Object.fromEntries(new URLSearchParams(await text(request)));
  const { headers, method } = request;
  const asked = new Request({ headers, method, query: {}, body });
  try {
    if (path[0] === 'oauth') await server.token(asked, made);
    else await note(given, server, asked, made);
  } catch (error) {
    made.status = error.code ?? 500;
    made.body = { error: error.name, error_description: error.message };
  }
  const hasContent = made.status !== 204;
  response.writeHead(made.status, { ...made.headers, ...(hasContent && { 'Content-Type': 'application/json' }) });
  response.end(hasContent ? JSON.stringify(made.body) : undefined);
}

// Lets in who has a token for it, and says who that is. With a note that is added, all tokens are at their end.
async function note(given, server, asked, made) {
  const isWriting = asked.method === 'POST';
  const options = { scope: [isWriting ? 'notes.write' : 'notes.read'] };
  Object.assign(options, { addAcceptedScopesHeader: false, addAuthorizedScopesHeader: true });
  const token = await server.authenticate(asked, made, options);
  if (isWriting) for (const one of given) one.accessTokenExpiresAt = new Date(0);
  const count = given.length - CLIENTS.length;
  made.set('X-Read', encodeURIComponent(JSON.stringify({ client: token.client.id, scope: token.scope, count })));
  made.status = 204;
}
