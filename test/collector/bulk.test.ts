import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bulk } from '../../src/collector/protocols/bulk.ts';
import { ga4 } from '../../src/collector/protocols/ga4.ts';
import { words } from '../../src/collector/vocabulary.ts';
import { type Harness, openHarness } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness([bulk, ga4]);
});
afterAll(() => harness.close());

const post = (path: string, headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>) =>
  fetch(`${harness.url}${path}`, { method: 'POST', headers, body });

describe('clients without a package', () => {
  test('rows of the contract as gzipped JSON Lines are taken, faults told by row', async () => {
    const rows = Array.from({ length: 500 }, (_, n) => ({
      event_id: `e${n}`,
      event_time: 1_772_323_200_000 + n,
      behavior: 'pv',
      id_user: `u${n}`,
    }));
    const lines = [...rows.map((row) => JSON.stringify(row)), '{"behavior":"pv"}'].join('\n');
    const reply = await post(
      '/collect/events',
      { authorization: 'Bearer k1', 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
      new Uint8Array(gzipSync(lines)),
    );
    expect([reply.status, await reply.json()]).toEqual([
      200,
      { taken: 500, rejected: [{ row: 501, column: 'event_time', reason: 'missing' }] },
    ]);
    expect(harness.keys.at(-1)).toBe('k1');
    const ids = harness.rows().map(({ cells }) => cells.event_id);
    expect(ids).toEqual([...rows.map(({ event_id }) => event_id), '1.0.501']);
  });

  test("a purchase sent as Google's documentation has it is taken", async () => {
    const body = {
      client_id: 'XXXXXXXXXX.YYYYYYYYYY',
      events: [
        {
          name: 'purchase',
          params: {
            currency: 'USD',
            transaction_id: 'T_12345',
            value: 30.03,
            items: [{ item_id: 'SKU_12345', item_name: 'Stan and Friends Tee', price: 10.01, quantity: 3 }],
          },
        },
      ],
    };
    const reply = await post('/mp/collect?measurement_id=G-1&api_secret=k2', {}, JSON.stringify(body));
    expect([reply.status, await reply.text()]).toEqual([204, '']);
    expect(harness.keys.at(-1)).toBe('k2');
    const [row] = harness.rows(words).filter(({ cells }) => cells.behavior === 'pay');
    expect(row).toMatchObject({
      cells: {
        item_id: 'SKU_12345',
        order_id: 'T_12345',
        quantity: '3',
        amount: '30.03',
        id_anonymous: 'XXXXXXXXXX.YYYYYYYYYY',
      },
      props: { currency: 'USD', 'product.item_name': 'Stan and Friends Tee' },
    });
  });

  test('what is refused is not kept', async () => {
    const kept = harness.entries.length;
    const replies = [
      await post('/collect/everything', { authorization: 'Bearer k1' }, '{}'),
      await post('/mp/collect?api_secret=k2', {}, '{'),
    ];
    expect(replies.map(({ status }) => status)).toEqual([400, 400]);
    expect(harness.entries).toHaveLength(kept);
  });
});
