import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { roles } from '../api/permissions.ts';
import { InputError } from '../base/errors.ts';
import { bytesIn, LEAST_MEMORY } from './capacity/room.ts';
import { logFormats, logLevels } from './logs.ts';

const file = 'config.yaml';

/** The zone as the engines spell it, whatever case it was written in; undefined where there is no such zone. */
function zoneNamed(name: string): string | undefined {
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch {
    return undefined;
  }
}

const zoneText = 'an IANA time zone, such as Asia/Shanghai';
const zone = z.string({ error: zoneText }).transform((name, context) => {
  const known = zoneNamed(name);
  if (known) return known;
  context.addIssue({ code: 'custom', message: zoneText });
  return z.NEVER;
});

const currencyText = 'a currency code of ISO 4217, such as CNY';
const currency = z
  .string({ error: currencyText })
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), { error: currencyText });

function address(schemes: readonly string[], example: string) {
  const isOne = (text: string) => URL.canParse(text) && schemes.includes(new URL(text).protocol);
  return z.string({ error: example }).refine(isOne, { error: example });
}

/** One address, or several with commas between: the servers of a cluster. */
function addresses(schemes: readonly string[], example: string) {
  const isOne = (text: string) => URL.canParse(text) && schemes.includes(new URL(text).protocol);
  return z.string({ error: example }).refine((text) => text.split(',').every((each) => isOne(each.trim())), {
    error: example,
  });
}

const yesNo = z.boolean({ error: 'true or false' });
const fromOne = z.int({ error: 'a whole number from 1' }).min(1, { error: 'a whole number from 1' });
const word = z.string({ error: 'text' }).trim().min(1, { error: 'text that is not empty' });
const typeText = 'a type of lower-case letters, digits and _, without id_ before it, such as phone';
const normalisers = ['text', 'phone', 'email'] as const;

const identifier = z
  .strictObject({
    normalise: z.enum(normalisers, { error: normalisers.join(', ') }),
    personal: yesNo,
    single: yesNo,
    everywhere: yesNo,
  })
  .partial();

const role = z.enum(roles, { error: roles.join(', ') });
const loopback: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const issuerText = 'https://identity.example.com; http on this machine only';
const variableText = 'the name of an environment variable';

/** Note: over plain http anybody between could vouch for anybody, so it is taken from this machine only. */
const issuer = address(['https:', 'http:'], issuerText).refine(
  (text) => !URL.canParse(text) || new URL(text).protocol === 'https:' || loopback.includes(new URL(text).hostname),
  { error: issuerText },
);

const oidc = z.strictObject(
  {
    issuer,
    client_id: word,
    client_secret_env: z
      .string({ error: variableText })
      .regex(/^[A-Za-z_]\w*$/, { error: variableText })
      .optional(),
    client_secret: word.optional(),
    title: word.default('SSO'),
    role_claim: word.optional(),
    roles: z.record(z.string(), role, { error: 'a role a value of the claim' }).default({}),
    default_role: role.optional(),
  },
  { error: 'issuer, client_id and the rest, a key a line' },
);

const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]*)(:\d{1,5})?$/i;
const memoryText = 'memory of 256 MB or more, such as 8 GB';
const slotsText = 'a whole number from 1 to 64';
const secondsText = 'a whole number of seconds from 0 to 3600';
const hostText = 'host or host:port, such as hooks.example.com:8443';

const schema = z.strictObject({
  zone: zone.default('Asia/Shanghai'),
  currency: currency.default('CNY'),
  brands: z.array(word, { error: 'a list of brand names' }).default([]),
  locale: z.enum(['zh', 'en'], { error: 'zh or en' }).default('zh'),
  clickhouse_url: addresses(['http:', 'https:'], 'http://user:password@host:8123/database').optional(),
  clickhouse_cluster: word.optional(),
  postgres_url: address(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/database').optional(),
  identifiers: z
    .record(z.string().regex(/^(?!id_)[a-z0-9_]+$/, { error: typeText }), identifier, {
      error: 'a type of identifier a key',
    })
    .default({}),
  max_consumers: fromOne.default(10),
  oidc: oidc.optional(),
  events: z.record(word, word, { error: 'an event of your clients a key, and the behaviour it is' }).default({}),
  outbound_allow: z
    .array(z.string().regex(hostPattern, { error: hostText }), { error: `a list, each ${hostText}` })
    .default([]),
  log: z.enum(logFormats, { error: logFormats.join(', ') }).default('text'),
  log_level: z.enum(logLevels, { error: logLevels.join(', ') }).optional(),
  query_memory: z
    .string({ error: memoryText })
    .regex(/^\d+(\.\d+)? ?[MG]B$/i, { error: memoryText })
    .transform(bytesIn)
    .refine((bytes) => bytes >= LEAST_MEMORY, { error: memoryText })
    .optional(),
  query_slots: z.int({ error: slotsText }).min(1, { error: slotsText }).max(64, { error: slotsText }).default(4),
  stop_seconds: z
    .int({ error: secondsText })
    .min(0, { error: secondsText })
    .max(3600, { error: secondsText })
    .default(20),
});

/** What one installation is told, with the defaults of what it is not; keys as in config.yaml. */
export type Config = z.infer<typeof schema>;

/** What an installation says of one type of identifier; what it leaves out keeps the product's own default. */
export type IdentifierConfig = z.infer<typeof identifier>;

const variables = {
  clickhouse_url: 'QIANCHENG_CLICKHOUSE_URL',
  clickhouse_cluster: 'QIANCHENG_CLICKHOUSE_CLUSTER',
  postgres_url: 'QIANCHENG_POSTGRES_URL',
  log: 'QIANCHENG_LOG',
} as const;

/** The environment, given by the caller. */
export type Environment = Readonly<Record<string, string | undefined>>;

function written(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    if (error instanceof YAMLParseError) {
      // Note: only the first line, for the ones below quote the file, and a password may stand there.
      const reason = error.message.split('\n', 1)[0]?.replace(/:$/, '');
      throw new InputError('config', `${path} is not YAML: ${reason}. Correct that line.`, { cause: error });
    }
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw new InputError('config', `${path} cannot be read (${String(code)}). Give this user the right to read it.`, {
      cause: error,
    });
  }
}

function fromEnvironment(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([key, variable]) => {
      const value = env[variable];
      return value ? [[key, value]] : [];
    }),
  );
}

function allowedAt(path: readonly PropertyKey[]): string {
  const shapes: Readonly<Record<PropertyKey, object>> = { identifiers: identifier.shape, oidc: oidc.shape };
  return Object.keys(shapes[path[0] ?? ''] ?? schema.shape).join(', ');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inside, key) => Reflect.get(Object(inside), key), value);
}

/** Places whose value is never repeated: an address may hold a password, and beside a secret everything may be one. */
const unspoken = /_url$|^oidc(\.issuer|\.client_secret\w*)?$/;

/** One fault as a reader of the file would say it. */
function faultText(issue: z.core.$ZodIssue, given: unknown): string {
  const at = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .map((key) => `${[...issue.path, key].join('.')} is not a key; allowed here: ${allowedAt(issue.path)}`)
      .join('\n  ');
  if (issue.code === 'invalid_key') return `${at} is not a type of identifier; write ${typeText}`;
  if (issue.path.length === 0) return 'the file must hold keys with values, such as zone: Asia/Shanghai';
  const shown = unspoken.test(at) ? 'cannot be read' : `is ${JSON.stringify(valueAt(given, issue.path))}`;
  return `${at} ${shown}; allowed: ${issue.message}`;
}

/** The configuration of a home: its config.yaml, over it the environment, beneath it the defaults. */
export function readConfig(homeDir: string, env: Environment): Config {
  const path = join(homeDir, file);
  const inFile = written(path);
  const inEnvironment = fromEnvironment(env);
  const isMapping = typeof inFile === 'object' && inFile !== null && !Array.isArray(inFile);
  const given = isMapping ? { ...inFile, ...inEnvironment } : inFile;
  const result = schema.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => faultText(issue, given)).join('\n  ');
    const places = [path, ...Object.keys(inEnvironment).map((key) => Reflect.get(variables, key))].join(', ');
    throw new InputError('config', `The configuration (${places}) has faults. Correct them:\n  ${faults}`);
  }
  if (result.data.clickhouse_cluster && !result.data.clickhouse_url)
    throw new InputError(
      'config',
      `clickhouse_cluster needs clickhouse_url beside it (${path} or ${variables.clickhouse_url}).`,
    );
  return withSecret(result.data, env);
}

/** The secret of the provider of identities, where an environment variable that is set holds it. */
function withSecret(config: Config, env: Environment): Config {
  const { oidc: provider } = config;
  const secret = provider?.client_secret_env === undefined ? undefined : env[provider.client_secret_env];
  return provider && secret ? { ...config, oidc: { ...provider, client_secret: secret } } : config;
}
