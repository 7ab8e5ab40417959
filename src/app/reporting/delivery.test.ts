import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { InputError, UnavailableError } from '../../base/errors.ts';
import { deliver, signature } from './delivery.ts';

const webhook = { url: 'https://hooks.example/in?key=hidden', secret: 'whs_test' };
const at = new Date('2026-07-15T00:00:00Z');

/** A courier whose other side gives these answers in turn: a status, or a fault. */
function courier(answers: readonly (number | Error)[]) {
  const sent: Readonly<Record<string, string>>[] = [];
  const pauses: number[] = [];
  const stop = new AbortController();
  const post = async (_: string, { headers }: { headers: Readonly<Record<string, string>> }) => {
    const answer = answers[sent.length] ?? 200;
    sent.push(headers);
    if (answer instanceof Error) throw answer;
    return { status: answer, body: 'whatever' };
  };
  const wait = async (ms: number) => void pauses.push(ms);
  return { outbound: { check: () => {}, post }, now: () => at, wait, signal: stop.signal, stop, sent, pauses };
}

const away = new UnavailableError('outbound_unreachable', 'hooks.example cannot be reached: ECONNREFUSED.');
const refused = new InputError('outbound_refused', 'Nothing is sent to hooks.example.');

test.each([
  { name: 'taken at once', answers: [204], told: 'delivered: HTTP 204', pauses: [] },
  {
    name: 'taken after a fault and a silence',
    answers: [503, away, 200],
    told: 'delivered: HTTP 200',
    pauses: [1000, 5000],
  },
  { name: 'busy', answers: [429], told: 'delivered: HTTP 200', pauses: [1000] },
  {
    name: 'never taken',
    answers: [500, 500, 500, 500],
    told: 'not delivered: HTTP 500 (tried 4 times)',
    pauses: [1000, 5000, 25_000],
  },
  { name: 'not wanted', answers: [404], told: 'not delivered: HTTP 404', pauses: [] },
  { name: 'sent elsewhere', answers: [302], told: 'not delivered: HTTP 302, redirects are not followed', pauses: [] },
  { name: 'refused by the guard', answers: [refused], told: `not delivered: ${refused.message}`, pauses: [] },
])('a letter $name', async ({ answers, told, pauses }) => {
  const by = courier(answers);
  expect(await deliver(webhook, '{}', by)).toBe(told);
  expect(by.pauses).toEqual(pauses);
  expect(by.sent).toHaveLength(pauses.length + 1);
});

test('a letter is signed over its moment and its body', async () => {
  const by = courier([200]);
  await deliver(webhook, '{"report":"fast"}', by);
  const t = at.getTime() / 1000;
  const v1 = createHmac('sha256', 'whs_test').update(`${t}.{"report":"fast"}`).digest('hex');
  expect(by.sent[0]?.['x-qiancheng-signature']).toBe(`t=${t},v1=${v1}`);
  expect(signature('whs_test', '{}', at)).not.toBe(signature('whs_test', '{ }', at));
});

test('a delivery that is stopped goes on later instead of being given up', async () => {
  const by = courier([500, 500]);
  by.stop.abort();
  await expect(deliver(webhook, '{}', by)).rejects.toMatchObject({ code: 'cancelled', resumes: true });
});
