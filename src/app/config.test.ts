import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { InputError } from '../base/errors.ts';
import { type Environment, readConfig } from './config.ts';

const dir = mkdtempSync(join(tmpdir(), 'qiancheng-config-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function config(text: string, env: Environment = {}) {
  writeFileSync(join(dir, 'config.yaml'), text);
  return readConfig(dir, env);
}

function fault(text: string, env: Environment = {}): string {
  try {
    config(text, env);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'no fault';
}

const defaults = {
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  brands: [],
  locale: 'zh',
  identifiers: {},
  max_consumers: 10,
  events: {},
  outbound_allow: [],
  query_slots: 4,
  log: 'text',
  stop_seconds: 20,
};

test('without a file, with an empty one and with comments alone every key has its default', () => {
  expect(readConfig(join(dir, 'nowhere'), {})).toEqual(defaults);
  expect(config('')).toEqual(defaults);
  expect(config('# zone: Asia/Tokyo\n')).toEqual(defaults);
});

test('what the file says stands over the defaults', () => {
  const text = `
zone: asia/tokyo
currency: JPY
brands: [千程, Qiancheng]
locale: en
identifiers:
  phone: { normalise: phone, personal: true, single: true }
  shop_no: { everywhere: false }
max_consumers: 5
events: { Sample Requested: sample_claim }
outbound_allow: ['hooks.lan:8080', 10.0.0.7]
log: json
log_level: debug
stop_seconds: 60
query_memory: 2 GB
query_slots: 8
clickhouse_url: http://user:word@127.0.0.1:8123/brand
clickhouse_cluster: three
postgres_url: postgresql://user:word@127.0.0.1:5432/brand
`;
  expect(config(text)).toEqual({
    zone: 'Asia/Tokyo',
    currency: 'JPY',
    brands: ['千程', 'Qiancheng'],
    locale: 'en',
    identifiers: { phone: { normalise: 'phone', personal: true, single: true }, shop_no: { everywhere: false } },
    max_consumers: 5,
    events: { 'Sample Requested': 'sample_claim' },
    outbound_allow: ['hooks.lan:8080', '10.0.0.7'],
    log: 'json',
    log_level: 'debug',
    stop_seconds: 60,
    query_memory: 2 * 1024 ** 3,
    query_slots: 8,
    clickhouse_url: 'http://user:word@127.0.0.1:8123/brand',
    clickhouse_cluster: 'three',
    postgres_url: 'postgresql://user:word@127.0.0.1:5432/brand',
  });
});

test('the environment stands over the file, an empty variable does not', () => {
  const env = { QIANCHENG_POSTGRES_URL: 'postgres://other/brand', QIANCHENG_CLICKHOUSE_URL: '' };
  expect(config('postgres_url: postgres://one/brand\nclickhouse_url: http://one', env)).toMatchObject({
    postgres_url: 'postgres://other/brand',
    clickhouse_url: 'http://one',
  });
});

test.each([
  ['zoen: UTC', 'zoen is not a key; allowed here: zone, currency, brands'],
  ['zone: Mars/Base', 'zone is "Mars/Base"; allowed: an IANA time zone, such as Asia/Shanghai'],
  ["zone: '+08:00'", 'zone is "+08:00"; allowed: an IANA time zone'],
  ['zone: 8', 'zone is 8; allowed: an IANA time zone'],
  ['currency: yuan', 'currency is "yuan"; allowed: a currency code of ISO 4217'],
  ['locale: fr', 'locale is "fr"; allowed: zh or en'],
  ['brands: 千程', 'brands is "千程"; allowed: a list of brand names'],
  ['brands: [a, ""]', 'brands.1 is ""; allowed: text that is not empty'],
  [
    'outbound_allow: [https://hooks.lan]',
    'outbound_allow.0 is "https://hooks.lan"; allowed: host or host:port, such as hooks.example.com:8443',
  ],
  ['log: xml', 'log is "xml"; allowed: text, json'],
  ['log_level: loud', 'log_level is "loud"; allowed: debug, info, warn, error'],
  ['stop_seconds: -1', 'stop_seconds is -1; allowed: a whole number of seconds from 0 to 3600'],
  ['query_memory: 100 MB', 'query_memory is "100 MB"; allowed: memory of 256 MB or more, such as 8 GB'],
  ['query_memory: much', 'query_memory is "much"; allowed: memory of 256 MB or more, such as 8 GB'],
  ['query_slots: 0', 'query_slots is 0; allowed: a whole number from 1 to 64'],
  ['max_consumers: 0', 'max_consumers is 0; allowed: a whole number from 1'],
  ['identifiers: { id_phone: {} }', 'identifiers.id_phone is not a type of identifier; write a type of lower-case'],
  [
    'identifiers: { phone: { stong: true } }',
    'identifiers.phone.stong is not a key; allowed here: normalise, personal',
  ],
  ['identifiers: { phone: { normalise: digits } }', 'normalise is "digits"; allowed: text, phone, email'],
  ['identifiers: { phone: { single: maybe } }', 'identifiers.phone.single is "maybe"; allowed: true or false'],
  ['postgres_url: mysql://host/brand', 'postgres_url cannot be read; allowed: postgresql://user:password@host'],
  ['clickhouse_cluster: three', 'clickhouse_cluster needs clickhouse_url beside it'],
  ['oidc: { issur: x }', 'oidc.issur is not a key; allowed here: issuer, client_id, client_secret_env'],
  ['oidc: { issuer: "http://identity.example.com" }', 'oidc.issuer cannot be read; allowed: https://identity.example'],
  ['oidc: { roles: { boss: owner } }', 'oidc.roles.boss is "owner"; allowed: viewer, analyst, operator, admin'],
  ['oidc: { client_secret_env: "not a name" }', 'oidc.client_secret_env cannot be read; allowed: the name of an'],
  ['oidc: none', 'oidc cannot be read; allowed: issuer, client_id'],
  ['- zone', 'the file must hold keys with values'],
  ['zone: UTC\nzone: UTC', 'is not YAML: Map keys must be unique at line 2'],
])('%j is a fault that says what is allowed', (text, expected) => {
  expect(fault(text)).toContain(expected);
  expect(fault(text)).toContain(join(dir, 'config.yaml'));
});

test('all faults are told at once', () => {
  expect(fault('zoen: UTC\nlocale: fr').match(/zoen is not|locale is/g)).toHaveLength(2);
});

test('a password is never repeated in a fault, and a fault of the environment names its variable', () => {
  expect(fault('postgres_url: "mysql://u:secret-word@host"')).not.toContain('secret-word');
  expect(fault('oidc: [{ client_secret: secret-word }]')).not.toContain('secret-word');
  expect(fault('oidc: { client_secret: [secret-word] }')).not.toContain('secret-word');
  expect(fault('oidc: { client_secret_env: secret-word }')).not.toContain('secret-word');
  expect(fault('oidc: { issuer: "ftp://u:secret-word@host" }')).not.toContain('secret-word');
  expect(fault('postgres_url: [u:secret-word@host')).not.toContain('secret-word');
  expect(fault('', { QIANCHENG_POSTGRES_URL: 'mysql://u:secret-word@host' })).toMatch(
    /^(?!.*secret-word).*QIANCHENG_POSTGRES_URL/,
  );
});

describe('a provider of identities', () => {
  const text = 'oidc: { issuer: https://id.example.com, client_id: qc, client_secret_env: BRAND_SECRET }';
  const known = { issuer: 'https://id.example.com', client_id: 'qc', client_secret_env: 'BRAND_SECRET' };

  test('has its secret from the environment, where it is set', () => {
    const defaulted = { ...known, title: 'SSO', roles: {} };
    expect(config(text, { BRAND_SECRET: 'between us' }).oidc).toEqual({ ...defaulted, client_secret: 'between us' });
    expect(config(text).oidc).toEqual(defaulted);
  });

  test.each(['http://127.0.0.1:9000', 'http://localhost:9000', 'http://[::1]:9000', 'https://id.example.com/realm'])(
    'may be at %s',
    (issuer) => {
      expect(config(`oidc: { issuer: "${issuer}", client_id: qc }`).oidc).toMatchObject({ issuer });
    },
  );
});
