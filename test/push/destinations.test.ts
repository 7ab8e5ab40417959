/** Each kind of destination against a server that refuses what its documentation refuses. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOutside } from '../../src/app/pushing/outside.ts';
import type { Batch, Destination, Identifier } from '../../src/destinations/destination.ts';
import { destinations } from '../../src/destinations/index.ts';
import { credentials, type Storage, startStorage } from '../moving/s3.fixture.ts';
import {
  json,
  type OceanEngine,
  oceanEngine,
  type Platform,
  type Receiver,
  receiver,
  type Tencent,
  tencentAds,
} from './platforms.ts';
import { md5, phone, sha256 } from './world.ts';

const now = new Date('2026-07-15T00:00:00Z');
let ocean: OceanEngine;
let tencent: Tencent;
let hook: Receiver;
let bucket: Storage;
beforeAll(async () => {
  [ocean, tencent, hook, bucket] = await Promise.all([
    oceanEngine('token'),
    tencentAds('token', now),
    receiver(),
    startStorage(),
  ]);
});
afterAll(async () => void (await Promise.all([ocean.stop(), tencent.stop(), hook.stop(), bucket.stop()])));

const kind = (id: string): Destination => destinations.find((each) => each.id === id) ?? destinations[0] ?? never();
const never = (): never => {
  throw new Error('there is no such destination');
};

const sha: Identifier = { type: 'phone', form: 'sha256' };
const phones = [1, 2, 3].map((i) => sha256(phone(i)));
const batch = (more: Partial<Batch> = {}): Batch => ({
  ...{ key: 'k1', operation: 'add', identifier: sha, values: phones, number: 1, of: 1 },
  ...more,
});

interface Sending {
  readonly at: string;
  readonly to: () => Pick<Platform, 'url'>;
  readonly settings: () => Readonly<Record<string, string>>;
}

const oceanTo: Sending = {
  at: 'oceanengine',
  to: () => ocean,
  settings: () => ({ advertiser_id: '1700000000000001', access_token: 'token', endpoint: `${ocean.url}/open_api` }),
};
const tencentTo: Sending = {
  at: 'tencent',
  to: () => tencent,
  settings: () => ({ account_id: '25610', access_token: 'token', endpoint: `${tencent.url}/v3.0` }),
};
const hookTo: Sending = {
  at: 'webhook',
  to: () => hook,
  settings: () => ({ url: hook.url, secret: 'a secret of sixteen' }),
};

/** Delivers to a platform, its audience made first where it is to be made. */
async function deliver(
  { at, to, settings }: Sending,
  given: Batch,
  more: {
    readonly settings?: Readonly<Record<string, string>>;
    readonly remote?: Readonly<Record<string, string>>;
    readonly mostMs?: number;
  } = {},
) {
  const destination = kind(at);
  const outside = openOutside({ allow: [new URL(to().url).host], now: () => now, mostMs: more.mostMs ?? 20_000 });
  const read = destination.settings.parse({ ...settings(), ...more.settings });
  const sent = { name: 'push', remote: more.remote ?? {} };
  const known = (await destination.prepare?.(sent, read, outside)) ?? {};
  const came = await destination.deliver(given, { ...sent, remote: known }, read, outside);
  return { ...came, remote: { ...known, ...came.remote } };
}

describe('Ocean Engine', () => {
  test('makes a data source of the first batch, and adds to it and takes from it after', async () => {
    const { remote } = await deliver(oceanTo, batch());
    const source = ocean.sources.get(remote.data_source_id ?? '');
    expect([...(source ?? [])]).toEqual(phones.map((each) => `6:${each}`));
    const others = [md5('oaid one')];
    await deliver(oceanTo, batch({ key: 'k2', identifier: { type: 'oaid', form: 'md5' }, values: others }), { remote });
    await deliver(oceanTo, batch({ key: 'k3', operation: 'remove', values: phones.slice(0, 2) }), { remote });
    expect([...(source ?? [])]).toEqual([`6:${phones[2]}`, `8:${others[0]}`]);
  });

  test('takes more identifiers than one line of a file may hold', async () => {
    const many = Array.from({ length: 10_001 }, (_, i) => sha256(String(i)));
    const { remote } = await deliver(oceanTo, batch({ values: many }));
    expect(ocean.sources.get(remote.data_source_id ?? '')?.size).toBe(10_001);
  });
});

describe('Tencent', () => {
  test('makes an audience, adds to it and takes from it', async () => {
    const { remote } = await deliver(tencentTo, batch());
    const audience = tencent.audiences.get(remote.audience_id ?? '');
    expect([...(audience ?? [])]).toEqual(phones.map((each) => `SHA256_MOBILE_PHONE:${each}`));
    const digests = [md5(phone(1))];
    await deliver(tencentTo, batch({ key: 'k2', identifier: { type: 'phone', form: 'md5' }, values: digests }), {
      remote,
    });
    await deliver(tencentTo, batch({ key: 'k3', operation: 'remove' }), { remote });
    expect([...(audience ?? [])]).toEqual([`HASH_MOBILE_PHONE:${digests[0]}`]);
  });

  test('uses the audience that the settings name', async () => {
    tencent.audiences.set('77', new Set());
    await deliver(tencentTo, batch(), { settings: { audience_id: '77' } });
    expect(tencent.audiences.get('77')?.size).toBe(3);
  });
});

describe('a webhook', () => {
  test('is signed over its moment and body, has a key, and may refuse records by their places', async () => {
    hook.unwanted.add(phones[1] ?? '');
    const { refused } = await deliver(hookTo, batch());
    expect([...refused]).toEqual([[1, 'unwanted']]);
    const { headers, body } = hook.seen.at(-1) ?? never();
    const t = now.getTime() / 1000;
    const v1 = createHmac('sha256', 'a secret of sixteen').update(`${t}.${body}`).digest('hex');
    expect(headers).toMatchObject({ 'idempotency-key': 'k1', 'x-qiancheng-signature': `t=${t},v1=${v1}` });
    expect(JSON.parse(body.toString())).toEqual({
      ...{ push: 'push', delivery: 'k1', batch: 1, of: 1, operation: 'add', type: 'phone', form: 'sha256' },
      values: phones,
    });
  });
});

describe('S3', () => {
  test('puts a batch under a name of its own, signed; the same batch again is the same object', async () => {
    const to: Sending = {
      at: 's3',
      to: () => bucket,
      settings: () => ({
        ...{ endpoint: bucket.url, region: credentials.AWS_REGION, bucket: 'audiences', prefix: 'qiancheng/' },
        ...{ access_key: credentials.AWS_ACCESS_KEY_ID, secret_key: credentials.AWS_SECRET_ACCESS_KEY },
      }),
    };
    await deliver(to, batch());
    await deliver(to, batch());
    expect([...bucket.objects].map(([name, content]) => [name, content.toString()])).toEqual([
      ['/audiences/qiancheng/push/k1-add-phone-sha256.csv', `phone_sha256\n${phones.join('\n')}\n`],
    ]);
    await expect(deliver(to, batch(), { settings: { secret_key: 'wrong' } })).rejects.toMatchObject({ class: 'stop' });
  });
});

const oai = (code: number) => ({ before: json(code, 'said') });

describe('a delivery that is not taken is', () => {
  test.each<
    [
      string,
      Sending,
      'retry' | 'drop' | 'stop',
      Parameters<Platform['mishaps']['push']>[0],
      Readonly<Record<string, string>>,
    ]
  >([
    ['retried at a limit of Ocean Engine', oceanTo, 'retry', oai(40100), {}],
    ['retried at a fault of Ocean Engine', oceanTo, 'retry', oai(50000), {}],
    ['stopped where Ocean Engine’s token has run out', oceanTo, 'stop', oai(40102), {}],
    ['dropped where Ocean Engine refuses what was sent', oceanTo, 'drop', oai(40001), {}],
    ['stopped by a wrong token of Ocean Engine', oceanTo, 'stop', {}, { access_token: 'other' }],
    ['retried at a limit of Tencent', tencentTo, 'retry', oai(11017), {}],
    ['stopped where Tencent’s token has run out', tencentTo, 'stop', oai(11000), {}],
    ['dropped where Tencent refuses what was sent', tencentTo, 'drop', oai(18001), {}],
    ['stopped by a wrong token of Tencent', tencentTo, 'stop', {}, { access_token: 'other' }],
    ['retried at 429', hookTo, 'retry', { before: { status: 429, headers: { 'retry-after': '7' }, body: '' } }, {}],
    ['retried at 503', tencentTo, 'retry', { before: { status: 503, body: '' } }, {}],
    ['retried at silence', hookTo, 'retry', { after: 'silence' }, {}],
    ['retried where the answer is no JSON', oceanTo, 'retry', { before: { body: '<html>' } }, {}],
    ['stopped at 401', hookTo, 'stop', { before: { status: 401, body: '' } }, {}],
    ['stopped at a redirect', hookTo, 'stop', { before: { status: 302, headers: { location: '/' }, body: '' } }, {}],
    ['dropped at 422', hookTo, 'drop', { before: { status: 422, body: '' } }, {}],
  ])('%s', async (_, to, faultClass, mishap, settings) => {
    (to === oceanTo ? ocean : to === tencentTo ? tencent : hook).mishaps.push(mishap);
    const remote = to === tencentTo ? { audience_id: [...tencent.audiences.keys()][0] ?? '' } : {};
    await expect(
      deliver(to, batch({ values: ['0'.repeat(64)] }), { settings, remote, mostMs: 'after' in mishap ? 300 : 20_000 }),
    ).rejects.toMatchObject({ class: faultClass });
  });

  test('asked for again after as long as the other side wants', async () => {
    hook.mishaps.push({ before: { status: 429, headers: { 'retry-after': '7' }, body: '' } });
    await expect(deliver(hookTo, batch())).rejects.toMatchObject({ class: 'retry', after: 7 });
  });

  test.each([
    ['in a wrong form', { values: [md5('x')] }],
    ['in upper case', { values: [sha256('x').toUpperCase()], identifier: sha }],
  ])('dropped by Tencent %s', async (_, more) => {
    await expect(deliver(tencentTo, batch(more), { remote: { audience_id: '77' } })).rejects.toMatchObject({
      class: 'drop',
    });
  });

  test('dropped by Ocean Engine in a wrong form', async () => {
    await expect(deliver(oceanTo, batch({ values: [md5('x')] }))).rejects.toMatchObject({ class: 'drop' });
  });
});

test.each(['http://127.0.0.1/', 'http://169.254.169.254/latest', 'https://10.0.0.8/', 'ftp://example.com/'])(
  'nothing is sent to %s, which is not of the open internet',
  async (url) => {
    const outside = openOutside({ allow: [], now: () => now });
    await expect(outside.fetch({ method: 'POST', url })).rejects.toMatchObject({ class: 'stop' });
  },
);

describe.each(destinations.map((each) => [each.id, each] as const))('the destination %s', (_, destination) => {
  test('has a title of every setting, and no setting without one', () => {
    expect(Object.keys(destination.fields).toSorted()).toEqual(Object.keys(destination.settings.shape).toSorted());
  });
});
