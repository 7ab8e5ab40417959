import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import { type Role, roles } from '../api/permissions.ts';
import { InputError, QianchengError, UnavailableError } from '../base/errors.ts';
import { isSame, sealOf } from './tokens.ts';

/** The provider of identities, as config.yaml names it. */
export interface OidcConfig {
  readonly issuer: string;
  readonly client_id: string;
  /** Name of the environment variable that `client_secret` was to be read from. */
  readonly client_secret_env?: string | undefined;
  readonly client_secret?: string | undefined;
  /** What the button of log-in says. */
  readonly title: string;
  /** Claim of the ID token that says the role, one word or a list. */
  readonly role_claim?: string | undefined;
  /** Value of the claim → role. */
  readonly roles: Readonly<Record<string, Role>>;
  /** Role of whom the claim does not speak of; without it they are turned away. */
  readonly default_role?: Role | undefined;
}

/** Whom the provider vouches for. */
export interface Vouched {
  /** Issuer and subject: never given to another person. */
  readonly subject: string;
  /** What to call them, most telling first. */
  readonly names: readonly string[];
  readonly role: Role;
  /** Whether the claim said so, rather than the default. */
  readonly isRoleClaimed: boolean;
}

/** The provider turned the caller away, or what came back cannot be believed. */
export class OidcRefusedError extends QianchengError {
  readonly exitCode = 2;
}

/** The way to log in through a provider of identities: authorization code with PKCE, state and nonce. */
export interface Oidc {
  readonly title: string;
  /** Where to send the browser, and what it must bring back. */
  begin(redirectUri: string, now: Date): Promise<{ readonly url: URL; readonly cookie: string }>;
  /** Whom the provider vouches for, given the address it sent the browser back to. */
  end(address: URL, cookie: string | undefined, now: Date): Promise<Vouched>;
}

/** How long a log-in at the provider may take. */
export const oidcSeconds = 600;

const ticket = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirect: z.string(),
  until: z.number(),
});
type Ticket = z.infer<typeof ticket>;

/** The provider of a configuration; it is asked for its own when somebody first logs in through it. */
export function oidcOf(config: OidcConfig, key: Buffer): Oidc {
  if (config.client_secret_env !== undefined && config.client_secret === undefined)
    throw new InputError(
      'config',
      `The environment variable ${config.client_secret_env}, which oidc.client_secret_env names, is not set. Set it, or take the key out of config.yaml.`,
    );
  let known: Promise<Configuration> | undefined;
  const provider = () => {
    known ??= discovered(config).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    title: config.title,
    begin: async (redirectUri, now) => begin(await provider(), redirectUri, key, now),
    end: async (address, cookie, now) => {
      const given = opened(cookie, key, now);
      return vouched(config, await claimsOf(await provider(), address, given));
    },
  };
}

async function discovered(config: OidcConfig): Promise<Configuration> {
  const issuer = new URL(config.issuer);
  const { client_secret: secret } = config;
  // Note: the standard leaves the signature of a token that came straight from the provider to TLS; here it is checked.
  const execute = [enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : [])];
  try {
    const found = await discovery(issuer, config.client_id, undefined, secret ? ClientSecretPost(secret) : None(), {
      execute,
    });
    const takes = found.serverMetadata().token_endpoint_auth_methods_supported;
    if (!secret || !takes || takes.includes('client_secret_post')) return found;
    return await discovery(issuer, config.client_id, undefined, ClientSecretBasic(secret), { execute });
  } catch (error) {
    throw new UnavailableError(
      'oidc_unreachable',
      `The provider of identities, ${issuer.host}, does not answer as one. Try again, or see oidc.issuer in config.yaml.`,
      { cause: error },
    );
  }
}

async function begin(provider: Configuration, redirect: string, key: Buffer, now: Date) {
  const verifier = randomPKCECodeVerifier();
  const given: Ticket = {
    state: randomState(),
    nonce: randomNonce(),
    verifier,
    redirect,
    until: now.getTime() + oidcSeconds * 1000,
  };
  const url = buildAuthorizationUrl(provider, {
    redirect_uri: redirect,
    scope: 'openid profile email',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: given.state,
    nonce: given.nonce,
  });
  return { url, cookie: sealed(given, key) };
}

function sealed(given: Ticket, key: Buffer): string {
  const text = Buffer.from(JSON.stringify(given)).toString('base64url');
  return `${text}.${sealOf(key, 'oidc', text)}`;
}

/** What this server gave the browser along, where it is its own, whole and not too old. */
function opened(cookie: string | undefined, key: Buffer, now: Date): Ticket {
  const [text = '', seal = ''] = (cookie ?? '').split('.');
  if (isSame(seal, sealOf(key, 'oidc', text))) {
    const given = ticket.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    if (given.until > now.getTime()) return given;
  }
  throw new OidcRefusedError('oidc_begin', 'This log-in was not begun here, or took too long. Begin again.');
}

async function claimsOf(provider: Configuration, address: URL, given: Ticket): Promise<IDToken> {
  const answered = new URL(given.redirect);
  answered.search = address.search;
  try {
    const tokens = await authorizationCodeGrant(provider, answered, {
      expectedState: given.state,
      expectedNonce: given.nonce,
      pkceCodeVerifier: given.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims) return claims;
  } catch (error) {
    throw new OidcRefusedError('oidc_refused', 'The provider of identities did not vouch for you. Begin again.', {
      cause: error,
    });
  }
  throw new OidcRefusedError('oidc_refused', 'The provider of identities sent no identity. Begin again.');
}

function vouched(config: OidcConfig, claims: IDToken): Vouched {
  const claimed = rolesIn(config, claims);
  const role = claimed ?? config.default_role;
  if (!role)
    throw new OidcRefusedError(
      'oidc_role',
      'You are known to the provider of identities, but no role here is given to you. Ask an administrator.',
    );
  const { iss, sub, preferred_username, email, name } = claims;
  const names = [preferred_username, email, name].filter((each) => typeof each === 'string');
  return { subject: `${iss} ${sub}`, names, role, isRoleClaimed: claimed !== undefined };
}

/** The highest role that the claim gives. */
function rolesIn({ role_claim, roles: byValue }: OidcConfig, claims: IDToken): Role | undefined {
  const claim = role_claim === undefined ? undefined : claims[role_claim];
  const values = Array.isArray(claim) ? claim : [claim];
  const given = values.flatMap((value) => {
    const role = typeof value === 'string' && Object.hasOwn(byValue, value) ? byValue[value] : undefined;
    return role ? [role] : [];
  });
  return given.toSorted((a, b) => roles.indexOf(b) - roles.indexOf(a))[0];
}
