import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ask, asked, told } from '../../../test/collector/harness.ts';
import { type LiveRow, type Protocol, Refused, type Unreadable } from '../protocol.ts';
import { segmentWords } from '../words/segment.ts';
import { jitsu } from './jitsu.ts';
import { posthog } from './posthog.ts';
import { rudder } from './rudder.ts';
import { segment } from './segment.ts';

const runs = { numRuns: 150, seed: 20260301 };
const email = 'someone.private@mail.example';
const names = fc.constantFrom(
  ...[
    'type',
    'event',
    'userId',
    'anonymousId',
    'previousId',
    'messageId',
    'timestamp',
    'sentAt',
    'properties',
    'traits',
  ],
  ...[
    'context',
    'consent',
    'categoryPreferences',
    'device',
    'campaign',
    'products',
    'total',
    'price',
    'quantity',
    'batch',
  ],
  ...['distinct_id', '$set', 'uuid', 'offset', 'email', 'phone', '__proto__', 'constructor', 'a.b', '', 'truncated'],
);
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    'track',
    'identify',
    'Order Completed',
    '$identify',
    0,
    -1,
    1e21,
    2.5,
    '\ud800',
    '😀',
    '品',
  ),
  fc.string(),
  fc.double(),
);
/** Bodies that are nearly messages. */
const body = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(names, tie('value')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

/** What speaks against a row's form. */
function faultsOf(row: LiveRow | Unreadable): string[] {
  if ('unreadable' in row) return [];
  const needed = row.entity === 'events' ? ['event_id', 'event_time', 'behavior'] : [];
  const values: unknown[] = [...Object.values(row.cells), ...Object.values(row.props)];
  return [
    ...needed.filter((name) => !row.cells[name]),
    ...Object.keys(row.cells).filter((name) => !/^[a-z0-9_]+(#\d+)?$/.test(name)),
    ...values.filter((value) => typeof value !== 'string').map(String),
  ];
}

const requests = [segment, rudder, jitsu, posthog].flatMap((protocol) =>
  protocol.routes.map(({ method, path }) => [method, path.replace(/:\w+/, 'track'), protocol] as const),
);

const refusedOr = <T>(take: () => T): T | undefined => {
  try {
    return take();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
};

test.each(requests)(
  '%s %s refuses or takes any JSON, and what it takes is the same rows each time',
  (method, path, protocol) => {
    const protocols: Protocol[] = [protocol];
    fc.assert(
      fc.property(body, fc.string(), (value, query) => {
        const text = JSON.stringify(value);
        const address =
          method === 'GET' ? `${path}?${query.replaceAll('#', '')}&data=${encodeURIComponent(text)}` : path;
        const request = asked(method, address, { body: method === 'GET' ? '' : text });
        const answer = refusedOr(() => ask(protocols, request));
        if (answer?.kind !== 'taken') return;
        const rows = told(protocols, request, { received: 1e12, words: segmentWords });
        expect(rows.length === 0).toBe(answer.events === 0);
        expect(told(protocols, request, { received: 1e12, words: segmentWords })).toEqual(rows);
        expect(rows.flatMap(faultsOf)).toEqual([]);
      }),
      runs,
    );
  },
);

test.each(requests.filter(([method]) => method === 'POST'))(
  '%s %s takes any bytes or refuses them',
  (method, path, protocol) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        refusedOr(() => ask([protocol], asked(method, path, { body: Buffer.from(bytes) })));
      }),
      runs,
    );
  },
);

test('the email of a person stands in no prop, wherever a client puts it by its name', () => {
  const path = fc.array(
    fc.constantFrom('traits', 'context', 'properties', '$set', '$set_once', 'user_data', 'products', 'x'),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(
      path,
      fc.constantFrom('email', 'E-mail', 'user_email', 'emailAddress'),
      fc.boolean(),
      (folders, name, isList) => {
        const inner = { [name]: email, keep: 1 };
        const nested = folders.reduceRight<unknown>((value, folder) => ({ [folder]: isList ? [value] : value }), inner);
        const message = {
          type: 'track',
          event: 'E',
          userId: 'u',
          distinct_id: 'd',
          ...(nested as object),
          properties: nested,
        };
        for (const [protocol, address] of [
          [segment, '/v1/track'],
          [posthog, '/e'],
        ] as const) {
          const rows = told([protocol], asked('POST', address, { body: JSON.stringify(message) }));
          expect(rows).not.toEqual([]);
          expect(JSON.stringify(rows.map((row) => 'props' in row && row.props))).not.toContain(email);
        }
      },
    ),
    runs,
  );
});
