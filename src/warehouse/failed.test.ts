import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { EmbeddedWarehouse } from './embedded.ts';
import { type Fragment, sql } from './sql.ts';

const dir = mkdtempSync(join(tmpdir(), 'qiancheng-failed-'));
const warehouse = new EmbeddedWarehouse(dir);
afterAll(async () => {
  await warehouse.close();
  rmSync(dir, { recursive: true, force: true });
});

const caps = { memoryBytes: 2_000_000_000, seconds: 60, label: 'question' };
const little = { ...caps, memoryBytes: 100_000_000 };
const groups = sql`SELECT number, count() AS n FROM numbers(3000000) GROUP BY number`;
const thrown = 'FUNCTION_THROW_IF';
/** Each so often that every session of the engine has had one, for a session that is asked anew lets go by itself. */
const TIMES = 4;

async function drained(question: Fragment): Promise<void> {
  for await (const _ of warehouse.stream(question, { label: 'question' }));
}

/** Why each of several that are asked together failed. */
async function faults(asked: readonly Promise<unknown>[]): Promise<string[]> {
  const fates = await Promise.allSettled(asked);
  return fates.map((fate) =>
    fate.status === 'rejected' ? String(fate.reason.code ?? fate.reason.message) : 'answered',
  );
}

const left = () => warehouse.rows(sql`SELECT query FROM system.processes WHERE Settings['log_comment'] = 'question'`);

test.each([
  ['fails on its way', thrown, () => warehouse.rows(sql`SELECT throwIf(n = 1) FROM (${groups})`, caps)],
  ['takes more memory than it may', 'query_memory', () => warehouse.rows(sql`SELECT max(n) FROM (${groups})`, little)],
  ['fails while it is read', thrown, () => drained(sql`SELECT throwIf(n = 1) FROM (${groups})`)],
])('a statement that %s leaves nothing in the engine', async (_, fault, ask: () => Promise<unknown>) => {
  expect(await faults(Array.from({ length: TIMES }, ask))).toEqual(
    Array.from({ length: TIMES }, () => expect.stringContaining(fault)),
  );
  expect(await left()).toEqual([]);
});

test('one that is cancelled leaves nothing in the engine', async () => {
  const endless = sql`SELECT sum(cityHash64(number)) AS n FROM numbers(1000000000000)`;
  const asked = faults(Array.from({ length: TIMES }, () => warehouse.rows(endless, caps)));
  await expect.poll(async () => (await warehouse.underWay('question')).statements, { timeout: 30_000 }).toBe(TIMES);
  await warehouse.cancel('question');
  expect(await asked).toEqual(Array.from({ length: TIMES }, () => 'query_cancelled'));
  expect(await left()).toEqual([]);
});
