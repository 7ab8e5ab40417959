import { CloudEvent, emitterFor, HTTP, httpTransport, Mode } from 'cloudevents';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloudevents } from '../../src/collector/protocols/cloudevents.ts';
import { words } from '../../src/collector/vocabulary.ts';
import { type Harness, openHarness } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness([cloudevents]);
});
afterAll(() => harness.close());

const event = (id: string) =>
  new CloudEvent({
    id,
    source: '/erp',
    type: 'purchase',
    time: '2026-03-01T00:00:00.000Z',
    subject: 'T1',
    storecode: 's7',
    data: { id_member: 'm1', order_id: 'T1', amount: 12.5, note: '面霜 😀' },
  });

const sentRow = (id: string) => ({
  cells: {
    event_id: `/erp ${id}`,
    event_time: String(Date.UTC(2026, 2, 1)),
    behavior: 'pay',
    id_member: 'm1',
    order_id: 'T1',
    amount: '12.50',
  },
  props: { subject: 'T1', storecode: 's7', note: '面霜 😀' },
});

describe('the cloudevents package, unmodified', () => {
  test.each([
    ['binary', Mode.BINARY],
    ['structured', Mode.STRUCTURED],
  ])('its emitter in %s mode is understood', async (id, mode) => {
    const emit = emitterFor(httpTransport(`${harness.url}/cloudevents?key=k1`), { binding: HTTP, mode });
    await emit(event(id));
    expect(harness.rows(words).find(({ cells }) => cells.event_id === `/erp ${id}`)).toMatchObject(sentRow(id));
    expect(harness.keys.at(-1)).toBe('k1');
    expect(harness.refused).toEqual([]);
  });

  test('a batch of its events is understood, each once', async () => {
    const events = ['b1', 'b2', 'b3'].map((id) => event(id));
    const reply = await fetch(`${harness.url}/cloudevents`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8', authorization: 'Bearer k2' },
      body: JSON.stringify(events),
    });
    expect([reply.status, await reply.json()]).toEqual([202, { taken: 3, rejected: [] }]);
    const rows = harness.rows(words).filter(({ cells }) => /b\d$/.test(cells.event_id ?? ''));
    expect(rows).toMatchObject(['b1', 'b2', 'b3'].map(sentRow));
    expect(harness.keys.at(-1)).toBe('k2');
  });
});
