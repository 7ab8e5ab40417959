/** A file that was begun anew after a failed commit, and cut short before that was noted: the home opens, and the file is taken again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeState } from '../../src/intake/journal.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { freshHome } from '../product.ts';

const home = freshHome();
const on = '2026-06-30';

const interested = async () => (await home.run('aipl-stock', { on })).find(({ stage }) => stage === 'I')?.consumers;

test('a committing file whose staged rows are gone leaves nothing, and comes in when it is imported again', async () => {
  const path = join(home.files, 'events.csv');
  writeFileSync(path, `event_time,behavior,id_user\n${on} 10:00:00,cart,a\n${on} 11:00:00,cart,b\n`);
  await home.import(path);
  const { registry } = (await home.product()).installation.context;
  await registry.rows(`UPDATE import_file SET status = 'committing'`);
  await writeState(registry, 'filling', { file: 1 });
  await home.close();
  expect(await home.facts(sql`SELECT count() AS rows FROM events`)).toEqual([{ rows: 2 }]);
  expect(await interested()).toBe(0);
  expect(await home.import(path)).toMatchObject({ files: [{ accepted: 2, duplicate: 0 }] });
  expect(await interested()).toBe(2);
});
