import { describe, expect, test } from 'vitest';
import { Refused } from '../protocol.ts';
import { words } from '../vocabulary.ts';
import { onlyRow, received, rowsOf, takenOf } from './exchange.fixture.ts';
import { snowplow } from './snowplow.ts';

const tp2 = '/com.snowplowanalytics.snowplow/tp2';
const webhook = '/com.snowplowanalytics.iglu/v1';
const payload = (...data: unknown[]) =>
  JSON.stringify({ schema: 'iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4', data });
const rowsFor = (...data: unknown[]) => rowsOf(snowplow, takenOf(snowplow, tp2, { body: payload(...data) }), words);

const iglu = (name: string, data: unknown, vendor = 'com.snowplowanalytics.snowplow') => ({
  schema: `iglu:${vendor}/${name}/jsonschema/1-0-0`,
  data,
});
const goods = (name: string, data: unknown) => iglu(name, data, 'com.snowplowanalytics.snowplow.ecommerce');
const ue = (event: unknown) => JSON.stringify(iglu('unstruct_event', event));
const contexts = (...list: unknown[]) => JSON.stringify(iglu('contexts', list));
const base64url = (text: string) => Buffer.from(text).toString('base64url');

const base = { aid: 'shop', eid: 'e1', duid: 'd1', dtm: '1772323190000', stm: '1772323199000', p: 'web' };
const action = (type: string, ...list: unknown[]) => ({
  ...base,
  e: 'ue',
  ue_pr: ue(goods('snowplow_ecommerce_action', { type })),
  co: contexts(...list),
});
/** Cells but those that every event of `base` has. */
const cellsOf = (event: object) =>
  rowsFor(event).map((row) => {
    if (!('entity' in row)) throw new Error(row.raw);
    const { event_time: _, id_anonymous: __, ...cells } = row.cells;
    return cells;
  });

describe('Snowplow events as rows', () => {
  test('a page view has its ids, its time by our clock, its campaign, and readable props', () => {
    const event = {
      ...base,
      e: 'pv',
      uid: 'u1',
      tnuid: 'n1',
      dtm: '1772309000000',
      stm: '1772309999000',
      url: 'https://a.cn/p?utm_source=xhs&utm_campaign=spring&email=an%40x.cn#top',
      page: '面霜',
      ip: '10.0.0.1',
      tz: 'Asia/Shanghai',
    };
    expect(onlyRow(rowsFor(event))).toEqual({
      entity: 'events',
      cells: {
        event_id: 'e1',
        event_time: String(1772309000000 + 220 * 60_000), // sent 13 201 s before it came: 220 minutes
        behavior: 'page_view',
        id_user: 'u1',
        id_anonymous: 'd1',
        id_network: 'n1',
        channel: 'xhs',
        campaign_id: 'spring',
      },
      props: {
        page_url: 'https://a.cn/p?utm_source=xhs&utm_campaign=spring#top',
        page_title: '面霜',
        timezone: 'Asia/Shanghai',
        tracker_platform: 'web',
        original_time: '1772309000000',
        sent_time: '1772309999000',
        received_time: String(received),
      },
    });
  });

  test('a true time is believed whatever the clock of the device shows', () => {
    const { cells, props } = onlyRow(rowsFor({ ...base, e: 'pv', ttm: '1700000000000', stm: '1600000000000' }));
    expect([cells.event_time, props.sent_time]).toEqual(['1700000000000', '1600000000000']);
  });

  const mug = { id: 'i1', category: 'Home/Mugs', price: 20, quantity: 2, currency: 'CNY', brand: 'B' };
  const tray = { id: 'i2', category: 'Home', price: 10, currency: 'CNY' };
  const cart = [
    { item_id: 'i1', category_id: 'Home/Mugs', brand: 'B', quantity: '2' },
    { item_id: 'i2', category_id: 'Home' },
  ];

  test.each<[string, object, object[]]>([
    ['a page ping is no page view', { ...base, e: 'pp' }, [{ event_id: 'e1', behavior: 'page_ping' }]],
    [
      'a structured event is called by its action',
      { ...base, e: 'se', se_ca: 'media', se_ac: 'Add To Wishlist X', se_va: '2.5' },
      [{ event_id: 'e1', behavior: 'add_to_wishlist_x', value: '2.5' }],
    ],
    [
      'an event of an unknown schema keeps its name',
      { ...base, e: 'ue', ue_pr: ue(iglu('skin_tested', { score: 7 }, 'com.acme')) },
      [{ event_id: 'e1', behavior: 'skin_tested' }],
    ],
    [
      'a search of the site has its words',
      { ...base, e: 'ue', ue_pr: ue(iglu('site_search', { terms: ['dry', 'skin'] })) },
      [{ event_id: 'e1', behavior: 'search', keyword: 'dry skin' }],
    ],
    [
      'a product seen',
      action('product_view', goods('product', tray)),
      [{ event_id: 'e1', behavior: 'item_view', item_id: 'i2', category_id: 'Home' }],
    ],
    [
      'products put into the cart are a row each',
      action('add_to_cart', goods('product', mug), goods('product', tray), goods('cart', { total_value: 50 })),
      cart.map((cells, index) => ({ event_id: `e1#${index + 1}`, behavior: 'cart', ...cells })),
    ],
    [
      'a transaction is a row a product, its revenue shared to the last cent',
      action(
        'transaction',
        goods('transaction', { transaction_id: 'T1', revenue: 40.01, currency: 'CNY' }),
        goods('product', mug),
        goods('product', tray),
      ),
      cart.map((cells, index) => ({
        event_id: `e1#${index + 1}`,
        behavior: 'pay',
        order_id: 'T1',
        amount: ['32.01', '8.00'][index],
        ...cells,
      })),
    ],
    [
      'a refund without products is of the whole order',
      action('refund', goods('refund', { transaction_id: 'T1', refund_amount: 40.01 })),
      [{ event_id: 'e1', behavior: 'refund', order_id: 'T1', amount: '40.01' }],
    ],
    [
      'a refund of products is of a part',
      action('refund', goods('refund', { transaction_id: 'T1', refund_amount: 8 }), goods('product', tray)),
      [{ event_id: 'e1', behavior: 'refund_partial', order_id: 'T1', amount: '8.00' }],
    ],
    [
      'a promotion seen',
      action('promo_view', goods('promotion', { id: 'P1', slot: 'top' })),
      [{ event_id: 'e1', behavior: 'impression', campaign_id: 'P1' }],
    ],
    [
      'a transaction of the old kind is one payment',
      { ...base, e: 'tr', tr_id: 'T2', tr_tt: '99.50' },
      [{ event_id: 'e1', behavior: 'pay', order_id: 'T2', amount: '99.50' }],
    ],
    [
      'its item is none',
      { ...base, e: 'ti', ti_id: 'T2', ti_sk: 'i1', ti_pr: '99.50', ti_qu: '1' },
      [{ event_id: 'e1', behavior: 'transaction_item', order_id: 'T2', item_id: 'i1', quantity: '1' }],
    ],
    ['an unknown kind keeps its letters', { ...base, e: 'zz' }, [{ event_id: 'e1', behavior: 'zz' }]],
    [
      'an event without an id has one from its place',
      { ...base, eid: '', e: 'pv' },
      [{ event_id: '7.0.0', behavior: 'page_view' }],
    ],
  ])('%s', (_, event, expected) => {
    expect(cellsOf(event)).toEqual(expected);
  });

  test.each([
    ['base64url without padding', base64url],
    ['base64 with padding', (text: string) => Buffer.from(text).toString('base64')],
  ])('events and entities as %s', (_, encode) => {
    const event = {
      ...base,
      e: 'ue',
      ue_px: encode(ue(iglu('skin_tested', { note: '很好？>>😀' }, 'com.acme'))),
      cx: encode(contexts(goods('user', { id: 'u9', email: 'an@x.cn', is_guest: false }))),
    };
    expect(onlyRow(rowsFor(event))).toMatchObject({
      cells: { behavior: 'skin_tested', id_user: 'u9', id_email: 'an@x.cn' },
      props: { note: '很好？>>😀', 'user.is_guest': 'false' },
    });
  });

  test('an app tells its installation and advertising ids, zeros are none', () => {
    const phone = iglu('mobile_context', { appleIdfa: 'AE-1', androidIdfa: '00000000-0000-0000', osType: 'ios' });
    const session = iglu('client_session', { userId: 'install-1', sessionId: 's1' });
    const row = onlyRow(rowsFor({ ...base, duid: undefined, e: 'pv', co: contexts(phone, session) }));
    expect(row.cells).toMatchObject({ id_anonymous: 'install-1', id_idfa: 'AE-1' });
    expect(row.cells).not.toHaveProperty('id_gaid');
    expect(row.props).toMatchObject({ 'mobile_context.osType': 'ios', 'client_session.sessionId': 's1' });
  });

  test.each([
    ['what is no object', 5, '5'],
    ['an event of no kind', { eid: 'x', aid: 'shop' }, '{"eid":"x"}'],
    ['a self-describing event that says nothing', { e: 'ue', ue_px: '!!' }, '{"e":"ue","ue_px":"!!"}'],
    ['a structured event without an action', { e: 'se' }, '{"e":"se"}'],
  ])('%s goes to rejects without the key', (_, event, raw) => {
    expect(rowsFor(event)).toEqual([{ unreadable: 'shape', raw }]);
  });
});

describe('Snowplow at the door', () => {
  test('the application id is the key and no prop, unless the query has a key', () => {
    const body = payload({ ...base, e: 'pv' });
    const byApp = takenOf(snowplow, tp2, { body });
    const byQuery = takenOf(snowplow, `${tp2}?key=k2`, { body });
    expect([byApp.key, byQuery.key]).toEqual(['shop', 'k2']);
    expect(onlyRow(rowsOf(snowplow, byApp, words)).props).not.toHaveProperty('app_id');
    expect(onlyRow(rowsOf(snowplow, byQuery, words)).props.app_id).toBe('shop');
  });

  test.each(['/i', '/ice.png'])('%s answers a picture and keeps the event without the key', (path) => {
    const taken = takenOf(snowplow, `${path}?key=k2&e=pv&eid=e7&duid=d1&page=%E9%9D%A2+a`, { method: 'GET' });
    expect(taken.key).toBe('k2');
    expect(taken.reply).toMatchObject({ status: 200, headers: { 'content-type': 'image/gif' } });
    expect(Buffer.from(taken.reply.body ?? '').toString('latin1', 0, 6)).toBe('GIF89a');
    expect(JSON.stringify([taken.head, taken.body.toString()])).not.toContain('k2');
    expect(onlyRow(rowsOf(snowplow, taken, words))).toMatchObject({
      cells: { event_id: 'e7', behavior: 'page_view' },
      props: { page_title: '面 a' },
    });
  });

  test.each(['', '?', '?aid=shop&%E0%A4%A&=&&e', '?aid=shop&cx=%%%&e=ue&ue_px=%zz'])(
    'a picture with the broken query %s is a picture, and a reject',
    (query) => {
      const taken = takenOf(snowplow, `/i${query}`, { method: 'GET' });
      expect(taken.reply.status).toBe(200);
      expect(rowsOf(snowplow, taken, words)).toMatchObject([{ unreadable: 'shape' }]);
    },
  );

  test.each<[string, string, string, string]>([
    ['an empty body', tp2, '', 'json'],
    ['no list', tp2, '{"data":{}}', 'json'],
    ['too many events', tp2, payload(...Array<number>(10_001).fill(1)), 'too_many'],
    ['data without a schema', webhook, '{"a":1}', 'shape'],
    ['nothing', webhook, '', 'shape'],
  ])('%s is refused', (_, address, body, refusal) => {
    expect(() => takenOf(snowplow, address, { body })).toThrow(expect.objectContaining({ refusal }));
  });

  test.each(['https://evil.example', 'javascript:alert(1)', '//evil.example', ''])('no redirect to %s', (to) => {
    expect(() => takenOf(snowplow, `/r/tp2?aid=shop&u=${encodeURIComponent(to)}`, { method: 'GET' })).toThrow(Refused);
  });

  test.each([
    ['self-describing', webhook, iglu('stock_moved', { sku: 'i1' }, 'com.acme')],
    ['under the schema of its query', `${webhook}?schema=${iglu('stock_moved', {}, 'com.acme').schema}`, { sku: 'i1' }],
  ])('a webhook event that is %s', (_, address, data) => {
    const signed = `${address}${address.includes('?') ? '&' : '?'}key=k2&uid=u1`;
    const taken = takenOf(snowplow, signed, { body: JSON.stringify(data) });
    expect(taken.key).toBe('k2');
    expect(onlyRow(rowsOf(snowplow, taken, words)).cells).toEqual({
      event_id: '7.0.0',
      event_time: String(received),
      behavior: 'stock_moved',
      id_user: 'u1',
      item_id: 'i1',
    });
  });
});
