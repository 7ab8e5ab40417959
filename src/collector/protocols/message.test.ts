import { describe, expect, test } from 'vitest';
import type { LiveRow } from '../protocol.ts';
import { segmentWords } from '../words/segment.ts';
import { familyRows, messageRows } from './message.ts';
import type { Message } from './message-json.ts';

const received = Date.UTC(2026, 2, 1, 12);
const carried = { received, sent: undefined, place: '7.0' };
const rowsOf = (message: unknown) => [...messageRows(message, 0, carried, segmentWords)];
const eventOf = (message: Message) => {
  const row = rowsOf({ messageId: 'm', ...message })[0];
  if (!row || 'unreadable' in row) throw new Error('The message was not read.');
  return row;
};
const idsOf = ({ cells }: LiveRow) =>
  Object.fromEntries(Object.entries(cells).filter(([name]) => name.startsWith('id_')));

describe('identifiers:', () => {
  test.each<[string, Message, Record<string, string>]>([
    ['none at all', { type: 'track', event: 'E' }, {}],
    [
      'numbers are ids as text',
      { type: 'track', event: 'E', userId: 12, anonymousId: 0 },
      { id_user: '12', id_anonymous: '0' },
    ],
    ['null and empty are none', { type: 'track', event: 'E', userId: null, anonymousId: ' ' }, {}],
    ['objects are none', { type: 'track', event: 'E', userId: { $oid: 'x' }, anonymousId: 'a' }, { id_anonymous: 'a' }],
    [
      'traits of the context',
      { type: 'track', event: 'E', context: { traits: { email: 'a@b.co', unionId: 'w1', openid: 'o1' } } },
      { id_email: 'a@b.co', id_unionid: 'w1', id_openid: 'o1' },
    ],
    [
      'an email of a track’s properties may be a friend’s',
      { type: 'track', event: 'Product Shared', userId: 'u', properties: { email: 'friend@b.co' } },
      { id_user: 'u' },
    ],
    [
      'a group’s traits are not the person’s',
      { type: 'group', userId: 'u', groupId: 'g', traits: { phone: '13800138000' } },
      { id_user: 'u' },
    ],
    [
      'an iPhone’s ids',
      { type: 'screen', anonymousId: 'a', context: { device: { id: 'v', advertisingId: 'x-1', type: 'ios' } } },
      { id_anonymous: 'a', id_device: 'v', id_idfa: 'x-1' },
    ],
    [
      'an Android’s ids, without its zeros',
      {
        type: 'screen',
        context: {
          os: { name: 'Android' },
          device: { id: 'v', oaid: 'o', advertisingId: '00000000-0000-0000-0000-000000000000' },
        },
      },
      { id_device: 'v', id_oaid: 'o' },
    ],
    [
      'an alias carries both, whichever kind the earlier was',
      { type: 'alias', userId: 'new', previousId: 'old' },
      { id_user: 'new', 'id_user#2': 'old', id_anonymous: 'old' },
    ],
    [
      'a merge carries what it names',
      {
        type: 'merge',
        mergeProperties: [
          { type: 'email', value: 'a@b.co' },
          { type: 'mobile', value: '138' },
          { type: 'Store ID', value: 's' },
        ],
      },
      { id_email: 'a@b.co', id_phone: '138', id_store_id: 's' },
    ],
  ])('%s', (_, message, expected) => {
    expect(idsOf(eventOf(message))).toEqual(expected);
  });
});

describe('time:', () => {
  test.each<[string, Message, string]>([
    ['as the client says', { timestamp: '2026-03-01T10:00:00+08:00' }, String(Date.UTC(2026, 2, 1, 2))],
    [
      'originalTimestamp where there is no timestamp',
      { timestamp: null, originalTimestamp: '2026-03-01T02:00:00Z' },
      String(Date.UTC(2026, 2, 1, 2)),
    ],
    ['none: when it was received', {}, String(received)],
    ['seconds', { timestamp: received / 1000 }, String(received)],
    ['one that cannot be read stays, to be refused for it', { timestamp: 'last week' }, 'last week'],
  ])('%s', (_, message, expected) => {
    expect(eventOf({ type: 'track', event: 'E', ...message }).cells.event_time).toBe(expected);
  });

  test('the clock of a client an hour slow is put right for the whole batch, its order kept', () => {
    const sent = received - 3_600_000;
    const batch = [0, 1, 2].map((nth) => ({
      type: 'track',
      event: 'E',
      timestamp: new Date(sent - 3 + nth).toISOString(),
    }));
    const body = Buffer.from(JSON.stringify({ batch, sentAt: new Date(sent).toISOString() }));
    const entry = { source: 's', protocol: 'segment', received, head: { kind: 'batch' }, body };
    const rows = [...familyRows({ entry, place: '7.9' }, {})] as LiveRow[];
    expect(rows.map(({ cells }) => [cells.event_id, Number(cells.event_time) - received])).toEqual([
      ['7.9.0', -3],
      ['7.9.1', -2],
      ['7.9.2', -1],
    ]);
    expect(rows[0]?.props).toEqual({
      original_time: String(sent - 3),
      sent_time: String(sent),
      received_time: String(received),
    });
  });
});

test.each<[string, unknown, string]>([
  ['a message that is no object', 5, '5'],
  ['null', null, 'null'],
  ['a track without an event', { type: 'track', userId: 'u', writeKey: 'secret' }, '{"type":"track","userId":"u"}'],
  ['an event that is no name', { type: 'track', event: { a: 1 } }, '{"type":"track","event":{"a":1}}'],
  ['an unknown type', { type: 'constructor', event: 'E' }, '{"type":"constructor","event":"E"}'],
])('%s goes to rejects as it came, without a key', (_, message, raw) => {
  expect(rowsOf(message)).toEqual([{ unreadable: 'shape', raw }]);
});

test.each([
  ['Product Added', 'cart'],
  ['product_added', 'cart'],
  ['productAdded', 'cart'],
  ['Sample Requested', 'sample_requested'],
  [' 申请试用 ', '申请试用'],
  ['🎉', '🎉'],
  ['constructor', 'constructor'],
  [42 as unknown as string, '42'],
])('the event %j is a %j', (event, behavior) => {
  expect(eventOf({ type: 'track', event }).cells.behavior).toBe(behavior);
});

test('a page is a page view, with its name among the props and no category of goods', () => {
  const row = eventOf({
    type: 'page',
    name: 'Home',
    category: 'Docs',
    properties: { category: 'Docs', url: '/a' },
    integrations: { All: false },
  });
  expect(row.cells).toEqual({ event_id: 'm', event_time: String(received), behavior: 'page_view' });
  expect(row.props).toEqual({ category: 'Docs', url: '/a', name: 'Home', received_time: String(received) });
});

test('the campaign of the context fills the columns an event does not fill itself', () => {
  const campaign = { name: '618', source: 'xiaohongshu', medium: 'kol', term: 'serum', content: 'c1' };
  const { cells, props } = eventOf({
    type: 'track',
    event: 'Product Viewed',
    properties: { product_id: 'p', channel: 'own' },
    context: { campaign, ip: '1.2.3.4' },
  });
  expect(cells).toMatchObject({
    item_id: 'p',
    channel: 'own',
    campaign_id: '618',
    creative_id: 'c1',
    keyword: 'serum',
  });
  expect(props).toMatchObject({ 'context.campaign.medium': 'kol' });
  expect(JSON.stringify(props)).not.toContain('1.2.3.4');
});

test('consent of any of the family’s forms stands on the event by its purpose', () => {
  const context = {
    consent: { categoryPreferences: { ads: true, mail: false, odd: 'maybe' } },
    consentManagement: { allowedConsentIds: ['C1'], deniedConsentIds: { a: ['C2'], b: 'C3' } },
  };
  expect(eventOf({ type: 'track', event: 'E', context }).props).toEqual({
    'consent.ads': 'granted',
    'consent.mail': 'denied',
    'consent.C1': 'granted',
    'consent.C2': 'denied',
    'consent.C3': 'denied',
    received_time: String(received),
  });
});

describe('identify:', () => {
  const traits = {
    email: 'a@b.co',
    gender: 'Female',
    birthday: '1990-05-01',
    address: { city: '杭州', state: '浙江', street: 'x' },
    cityTier: 9,
    tags: ['vip', '油皮'],
    seen: null,
  };

  test('traits are the profile: columns where they fit, all else by its name, identifiers apart', () => {
    const [event, profile] = rowsOf({ type: 'identify', messageId: 'm', userId: 'u', traits });
    expect(event).toMatchObject({ cells: { behavior: 'identify', id_user: 'u', id_email: 'a@b.co' } });
    expect(profile).toEqual({
      entity: 'consumers',
      cells: { id_user: 'u', id_email: 'a@b.co', gender: 'f', birth_year: '1990', province: '浙江', city: '杭州' },
      props: {
        'address.city': '杭州',
        'address.state': '浙江',
        'address.street': 'x',
        cityTier: '9',
        tags: '["vip","油皮"]',
      },
    });
  });

  test('no personal value stands in the props of either row', () => {
    const rows = rowsOf({
      type: 'identify',
      userId: 'a@b.co',
      traits,
      context: { traits, ip: '9.9.9.9', page: { url: 'https://s.example/?email=a@b.co' } },
    });
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(JSON.stringify((row as LiveRow).props)).not.toMatch(/a@b\.co|9\.9\.9\.9/);
  });

  test('without more than identifiers there is no profile', () => {
    expect(rowsOf({ type: 'identify', userId: 'u', traits: { email: 'a@b.co', plan: '' } })).toHaveLength(1);
  });
});
