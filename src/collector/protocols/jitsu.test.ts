import { expect, test } from 'vitest';
import { ask, asked, told } from '../../../test/collector/harness.ts';
import { Refused } from '../protocol.ts';
import { jitsu } from './jitsu.ts';

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  asked('POST', path, { headers, body: JSON.stringify(body) });
const keyOf = (request: ReturnType<typeof asked>) => {
  const answer = ask([jitsu], request);
  return answer.kind === 'taken' ? answer.key : undefined;
};

test.each([
  ['/api/s/track', 'e'],
  ['/api/s/s2s/track', 'e'],
  ['/api/s/event', 'e'],
  ['/api/s/page', 'page_view'],
  ['/api/s/s2s/identify', 'identify'],
])('a message at %s is a %s', (path, behavior) => {
  expect(told([jitsu], post(path, { event: 'E', userId: 'u', messageId: 'm' }))).toMatchObject([
    { cells: { event_id: 'm', behavior } },
  ]);
});

test('a batch is its messages', () => {
  expect(told([jitsu], post('/api/s/s2s/batch', { batch: [{ type: 'page' }, { event: 'E' }] }))).toMatchObject([
    { cells: { behavior: 'page_view', event_id: '1.0.0' } },
    { cells: { behavior: 'e', event_id: '1.0.1' } },
  ]);
});

test('an unknown kind of message is refused', () => {
  expect(() => ask([jitsu], post('/api/s/nonsense', {}))).toThrow(Refused);
});

test.each<[string, ReturnType<typeof asked>, string | undefined]>([
  [
    'its header, secret and all',
    post('/api/s/track', { writeKey: 'id:***' }, { 'x-write-key': 'id:secret' }),
    'id:secret',
  ],
  ['the body', post('/api/s/track', { writeKey: 'id:secret' }), 'id:secret'],
  ['no body that hides it', post('/api/s/track', { writeKey: 'id:***' }), undefined],
  ['the older header', post('/api/v1/s2s/event', {}, { 'x-auth-token': 'old' }), 'old'],
  ['the older query', post('/api/v1/event?token=old', {}), 'old'],
  ['the older body', post('/api/v1/event', { api_key: 'old' }), 'old'],
  ['a pixel’s query', asked('GET', '/api/px/page?writekey=wk'), 'wk'],
])('the key stands in %s', (_, request, key) => {
  expect(keyOf(request)).toBe(key);
});

test('a pixel tells its message field by field, or as data', () => {
  const data = Buffer.from(JSON.stringify({ type: 'track', event: 'E', userId: 'u' })).toString('base64url');
  expect(told([jitsu], asked('GET', `/api/px/track?data=${data}`))).toMatchObject([
    { cells: { behavior: 'e', id_user: 'u' } },
  ]);
  expect(told([jitsu], asked('GET', '/api/px/page.gif?anonymousId=a&properties.url=%2Fx'))).toMatchObject([
    { cells: { behavior: 'page_view', id_anonymous: 'a' }, props: { url: '/x' } },
  ]);
  expect(told([jitsu], asked('GET', '/api/px/track?data=%25broken'))).toMatchObject([{ unreadable: 'shape' }]);
});

test.each([
  ['one', (event: unknown) => event],
  ['a list', (event: unknown) => [event]],
  ['a list with what all have', (event: unknown) => ({ template: { user: { id: 'other' } }, events: [event] })],
])('events of the first version as %s', (_, wrap) => {
  const event = {
    event_type: 'product_view',
    event_id: 'e1',
    api_key: 'k',
    utc_time: '2026-03-01T12:00:00.000000Z',
    user: { id: 'u', anonymous_id: 'a', email: 'a@b.co' },
    product: { name: 'x' },
  };
  expect(told([jitsu], post('/api/v1/event', wrap(event)), { received: 5 })).toEqual([
    {
      entity: 'events',
      cells: {
        event_id: 'e1',
        event_time: String(Date.UTC(2026, 2, 1, 12)),
        behavior: 'product_view',
        id_user: 'u',
        id_anonymous: 'a',
        id_email: 'a@b.co',
      },
      props: { 'product.name': 'x', received_time: '5' },
    },
  ]);
});
