/**
 * One of several servers, in a process that a test may kill: `tsx serving.fixture.ts HOME`. It does what it is told by
 * messages and answers each; its stores and its key come by the environment.
 */
import { startServer } from '../../src/http/server.ts';
import { id, sql } from '../../src/warehouse/sql.ts';

process.once('disconnect', () => process.exit());
const [home] = process.argv.slice(2);
let ahead = 0;
const lines: string[] = [];
const running = await startServer({
  home,
  host: '127.0.0.1',
  port: 0,
  env: process.env,
  now: () => new Date(Date.now() + ahead),
  log: (line) => void lines.push(line),
});
const { product, reports, live } = running.services;
const { context } = product.installation;
const scratch = id('two_halves');
let isWatching = false;

/** Questions, one after another, for what a change makes in two steps. */
async function watchHalves(): Promise<number[]> {
  isWatching = true;
  const seen: number[] = [];
  while (isWatching) {
    const rows = await context.gate.shared(() =>
      context.warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM ${scratch}`),
    );
    seen.push(rows[0]?.rows ?? -1);
  }
  return seen;
}

/** A change of two steps with other statements between them; `upTo` 1 leaves it half done for ever. */
async function change(upTo: number): Promise<void> {
  await context.gate.alone(async () => {
    await context.warehouse.run(sql`INSERT INTO ${scratch} SELECT 1`);
    if (upTo === 1) {
      process.send?.({ half: true });
      await new Promise(() => {});
    }
    for (let other = 0; other < 5; other += 1) await context.warehouse.rows(sql`SELECT count() FROM ${scratch}`);
    await context.warehouse.run(sql`INSERT INTO ${scratch} SELECT 2`);
  });
}

const tasks: Readonly<Record<string, (given: number) => Promise<unknown>>> = {
  watch: () => watchHalves(),
  unwatch: async () => {
    isWatching = false;
  },
  change,
  session: async () => context.registry.locks.session,
  due: async (ms) => {
    ahead = ms;
    await reports.due();
  },
  settled: () => live.settled(),
  data: () => running.services.answers.dataState(),
  log: async () => lines,
  locked: async () => context.registry.locks.check(),
};

process.on('message', ({ number, task, given }: { number: number; task: string; given: number }) => {
  const told = tasks[task]?.(given) ?? Promise.reject(new Error(`no task ${task}`));
  told.then(
    (value) => process.send?.({ number, value: value ?? null }),
    (error: unknown) => process.send?.({ number, fault: String(error) }),
  );
});
process.send?.({ url: running.url });
