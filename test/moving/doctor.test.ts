import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { found } from '../../src/app/doctorFinding.ts';
import { UnavailableError } from '../../src/base/errors.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { freshHome, type Product } from '../product.ts';

const badOf = async (product: Product) => {
  const { checks } = await product.doctor();
  return checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
};

describe('the doctor', () => {
  const home = freshHome();
  afterAll(() => home.close());

  test('finds nothing wrong with a home that was filled', async () => {
    const path = join(home.files, 'events.csv');
    writeFileSync(path, 'event_time,behavior,id_user\n2026-06-01 10:00:00,click,1\n2026-06-02 10:00:00,pay,2\n');
    await home.import(path);
    expect(await badOf(await home.product())).toEqual([]);
  });

  test.each([
    [
      'a table that a killed backup left',
      'CREATE TABLE copy_events AS events',
      'leftovers: 1: copy_events',
      'DROP TABLE copy_events SYNC',
    ],
    [
      'a table of work that a killed import left',
      'CREATE TABLE turned_7 AS events',
      'leftovers: 1: turned_7',
      'DROP TABLE turned_7 SYNC',
    ],
    [
      'a migration that this program does not know',
      'INSERT INTO migrations (number) VALUES (99)',
      'schema: warehouse and registry 99/',
      'DELETE FROM migrations WHERE number = 99',
    ],
  ])('tells of %s', async (_name, harm, told, mend) => {
    const product = await home.product();
    const { warehouse } = product.installation.context;
    await warehouse.run(sqlOf(harm));
    expect(await badOf(product)).toEqual([expect.stringContaining(told)]);
    await warehouse.run(sqlOf(mend));
    expect(await badOf(product)).toEqual([]);
  });

  test('tells of live events that were put aside', async () => {
    const product = await home.product();
    const folder = join(product.installation.home.dir, 'live');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '000000000001.0000abcd.log.aside'), '');
    expect(await badOf(product)).toEqual(['aside: 1 segments of the log put aside']);
  });

  test('a check that fails is a finding, and the others are made all the same', async () => {
    const silent = await found(() => Promise.reject(new UnavailableError('gone', 'Nobody answers at h:1.')));
    expect(silent).toEqual({ ok: false, text: { zh: 'Nobody answers at h:1.', en: 'Nobody answers at h:1.' } });
  });
});

/** Statements of this file only. */
const sqlOf = (text: string) => sql([text] as unknown as TemplateStringsArray);
