import { createHash, createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** What the provider gets wrong, and of whom it speaks. */
export interface Person {
  readonly claims: Readonly<Record<string, unknown>>;
  /** Said in place of what was asked for. */
  readonly nonce?: string;
  readonly state?: string;
  readonly audience?: string;
  readonly issuer?: string;
  /** Signs with a key that it never published. */
  readonly isForged?: boolean;
  /** Seconds until the token ends. */
  readonly lasts?: number;
}

interface Asked {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirect: string;
}

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(claims: Readonly<Record<string, unknown>>, key: KeyObject): string {
  const text = `${base64({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${base64(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return new URLSearchParams(text);
}

/** A provider of identities on loopback: discovery, keys, codes bound to PKCE, tokens signed with RS256. */
export async function providerOn(client: { readonly id: string; readonly secret: string }) {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, Asked>();
  let person: Person = { claims: {} };
  let issuer = '';

  const answers: Readonly<Record<string, (url: URL, form: URLSearchParams) => Record<string, unknown> | string>> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': () => ({
      keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
    }),
    '/authorize': ({ searchParams: asked }) => {
      const code = randomUUID();
      const redirect = asked.get('redirect_uri') ?? '';
      codes.set(code, { nonce: asked.get('nonce') ?? '', challenge: asked.get('code_challenge') ?? '', redirect });
      return `${redirect}?${new URLSearchParams({ code, state: person.state ?? asked.get('state') ?? '' })}`;
    },
    '/token': (_, form) => {
      const asked = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      const isClient = form.get('client_id') === client.id && form.get('client_secret') === client.secret;
      if (!asked || !isClient || asked.challenge !== challenge || asked.redirect !== form.get('redirect_uri'))
        return { error: 'invalid_grant' };
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: person.issuer ?? issuer,
        aud: person.audience ?? client.id,
        iat: now,
        exp: now + (person.lasts ?? 60),
        nonce: person.nonce ?? asked.nonce,
        ...person.claims,
      };
      const id_token = signed(claims, person.isForged ? stranger.privateKey : pair.privateKey);
      return { access_token: randomUUID(), token_type: 'bearer', id_token };
    },
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', issuer);
    const answer = answers[url.pathname]?.(url, await formOf(request));
    if (typeof answer === 'string') return void response.writeHead(302, { location: answer }).end();
    const status = answer === undefined ? 404 : 'error' in answer ? 400 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return {
    issuer,
    /** Who sits at the browser from now on. */
    speaksOf: (next: Person) => {
      person = next;
    },
    /** Goes where the browser is sent, and gives the address it comes back to. */
    visited: async (url: URL): Promise<URL> => {
      const answer = await fetch(url, { redirect: 'manual' });
      return new URL(answer.headers.get('location') ?? '');
    },
  };
}
