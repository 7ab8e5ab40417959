/** A change of facts that is cut short: nobody counts half of it, and it is ended when it can be. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { compile } from '../../src/warehouse/sql.ts';
import { freshHome } from '../product.ts';

const home = freshHome();
const on = '2026-06-30';

function events(name: string, users: readonly string[]): string {
  const path = join(home.files, `events-${name}.csv`);
  const rows = users.map((user) => `${on} 10:00:00,cart,${user}`);
  writeFileSync(path, ['event_time,behavior,id_user', ...rows, ''].join('\n'));
  return path;
}

const interested = async () => (await home.run('aipl-stock', { on })).find(({ stage }) => stage === 'I')?.consumers;

test('a commit that fails when its rows are in is counted by nobody until it is ended', async () => {
  await home.import(events('first', ['a', 'b']));
  expect(await interested()).toBe(2);
  const { warehouse } = (await home.product()).installation.context;
  const run = warehouse.run.bind(warehouse);
  let isFull = true;
  const spy = vi.spyOn(warehouse, 'run').mockImplementation((statement, caps) => {
    if (isFull && /INSERT INTO touched /.test(compile(statement).text)) throw new Error('no space left on device');
    return run(statement, caps);
  });
  await expect(home.import(events('second', ['c', 'd', 'e']))).rejects.toThrow('no space left');
  await expect(interested()).rejects.toMatchObject({ code: 'facts_unfinished' });
  await expect(interested()).rejects.toMatchObject({ code: 'facts_unfinished' });
  isFull = false;
  await vi.waitFor(async () => expect(await interested()).toBe(5), { timeout: 20_000, interval: 100 });
  spy.mockRestore();
});
