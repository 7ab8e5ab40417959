import { afterAll, beforeAll, expect, test } from 'vitest';
import { importPath } from '../../src/app/importing.ts';
import { compile, Fragment, sql } from '../../src/warehouse/sql.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { Home } from './home.ts';

const home = new Home();
beforeAll(() => home.open());
afterAll(() => home.end());

const events = `event_time,behavior,id_user,id_phone
2026-06-01 10:00:00,item_view,1,13800000001
2026-06-02 10:00:00,pay,2,13800000002
`;

/** The warehouse as it is when its engine dies once, right after a batch was turned: the table in memory comes back empty. */
function dyingOnce(warehouse: Warehouse): Warehouse {
  let died = false;
  return new Proxy(warehouse, {
    get: (target, name) => {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== 'function') return own;
      if (name !== 'rows') return own.bind(target);
      return async (question: Fragment) => {
        const [, turned] = /FROM `(turned_\w+)`/.exec(compile(question).text) ?? [];
        if (turned !== undefined && !died) {
          died = true;
          await target.run(sql`TRUNCATE TABLE ${new Fragment([turned])}`);
        }
        return target.rows(question);
      };
    },
  });
}

test('rows that an engine lost when it died in the middle of a batch are not counted as taken, and come in the next time', async () => {
  const folder = home.folder({ 'events.csv': events });
  const dying = { ...home.context, warehouse: dyingOnce(home.context.warehouse) };
  await expect(importPath(dying, folder, {})).rejects.toMatchObject({ code: 'engine_restarted' });
  expect(await importPath(home.context, folder, {})).toMatchObject({
    files: [{ read: 2, accepted: 2, duplicate: 0, rejected: 0 }],
    consumers: 2,
  });
  expect(await home.rows(sql`SELECT count() AS rows FROM events`)).toEqual([{ rows: 2 }]);
});
