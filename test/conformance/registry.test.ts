import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConflictError, InputError } from '../../src/base/errors.ts';
import { migrate, migrations } from '../../src/registry/migrate.ts';
import { openRegistry } from '../../src/registry/open.ts';
import type { Registry } from '../../src/registry/registry.ts';
import { postgresMissing, startPostgres } from '../servers/postgres.ts';

interface Opened {
  readonly registry: Registry;
  end(): Promise<void>;
}

async function embedded(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'qiancheng-registry-'));
  const registry = await openRegistry({ kind: 'embedded', dir: join(folder, 'registry') });
  const end = async () => {
    await registry.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { registry, end };
}

async function server(): Promise<Opened> {
  const postgres = await startPostgres();
  const registry = await openRegistry({ kind: 'server', url: postgres.url });
  const end = async () => {
    await registry.close();
    await postgres.stop();
  };
  return { registry, end };
}

const missing = postgresMissing();
const engines = [
  { name: 'embedded registry', open: embedded, skip: false },
  { name: `server registry${missing ? ` (skipped: ${missing})` : ''}`, open: server, skip: missing !== undefined },
];

const readings: readonly [expression: string, value: unknown][] = [
  ['null', null],
  ['true', true],
  ['1 = 2', false],
  ["'a'::text", 'a'],
  ['7::int2', 7],
  ['(-2147483648)::int4', -2147483648],
  ['9007199254740991::bigint', 9007199254740991],
  ['9007199254740993::bigint', 9007199254740993n],
  ['12.50::numeric', 12.5],
  ['0.1::numeric', 0.1],
  ['-0.000001::numeric', -0.000001],
  ['123456789.123456789::numeric', '123456789.123456789'],
  ["'NaN'::numeric", Number.NaN],
  ['0.1::float8 + 0.2::float8', 0.30000000000000004],
  ["'-Infinity'::float8", Number.NEGATIVE_INFINITY],
  ["'2026-11-22'::date", '2026-11-22'],
  ["'2026-11-22 08:00:00.5+08'::timestamptz", '2026-11-22T00:00:00.500Z'],
  ["'2026-11-22 05:30:00+05:30'::timestamptz", '2026-11-22T00:00:00.000Z'],
  ["'2026-11-22 00:00:00+00'::timestamptz::text", '2026-11-22 00:00:00+00'],
  ["'2026-11-22 08:00:00'::timestamp", '2026-11-22 08:00:00'],
  [`'{"b": [1, null, "千程"]}'::jsonb`, { b: [1, null, '千程'] }],
  ["'[]'::jsonb", []],
  ["'null'::jsonb", null],
  [`'"text"'::jsonb`, 'text'],
  ['array[1, 2]', '{1,2}'],
  ['(select count(*) from generate_series(1, 3))', 3],
  ['(select sum(n) from (values (3000000000::bigint), (4000000000)) as big (n))', 7000000000],
  ["date_trunc('day', '2026-11-22 02:00:00+08'::timestamptz)", '2026-11-21T00:00:00.000Z'],
];

const bindings: readonly [type: string, given: unknown, read: unknown][] = [
  ['text', "'; drop table setting; --", "'; drop table setting; --"],
  ['text', '千程 🛍 "quoted" \\ tab\t', '千程 🛍 "quoted" \\ tab\t'],
  ['text', '', ''],
  ['text', null, null],
  ['text', undefined, null],
  ['text', 12, '12'],
  ['boolean', true, true],
  ['boolean', false, false],
  ['int', -5, -5],
  ['bigint', 9007199254740993n, 9007199254740993n],
  ['double precision', 1e-7, 1e-7],
  ['date', '2026-02-28', '2026-02-28'],
  ['timestamptz', new Date('2026-11-22T01:02:03.004Z'), '2026-11-22T01:02:03.004Z'],
  ['jsonb', { name: '千程', list: [1, { deep: null }] }, { name: '千程', list: [1, { deep: null }] }],
  ['jsonb', ['a', 'b'], ['a', 'b']],
  ['jsonb', [], []],
  ['jsonb', JSON.stringify('Asia/Shanghai'), 'Asia/Shanghai'],
  ['jsonb', null, null],
  ['bytea', Buffer.from([0, 255]), '\\x00ff'],
];

describe.each(engines.map((engine) => [engine.name, engine] as const))('%s', (_name, { open, skip }) => {
  let opened: Opened | undefined;
  const registry = (): Registry => {
    if (!opened) throw new Error('The registry did not open.');
    return opened.registry;
  };
  const count = async (table: string) =>
    (await registry().rows<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n;
  const reading = async (question: string, params?: unknown[]) =>
    (await registry().rows<{ value: unknown }>(question, params))[0]?.value;

  beforeAll(async () => {
    if (!skip) opened = await open();
  });
  afterAll(() => opened?.end());

  test.skipIf(skip).each(readings)('%s is read as %s', async (expression, value) => {
    expect(await reading(`select ${expression} as value`)).toEqual(value);
  });

  test.skipIf(skip).each(bindings)('a bound %s of %s comes back as it went in', async (type, given, read) => {
    expect(await reading(`select $1::${type} as value`, [given])).toEqual(read);
  });

  test.skipIf(skip)('a list is bound as JSON and asked for by its elements', async () => {
    const rows = await registry().rows(
      'select n from generate_series(1, 5) as s (n) where n::text in (select jsonb_array_elements_text($1)) order by n',
      [['2', '5', '9']],
    );
    expect(rows).toEqual([{ n: 2 }, { n: 5 }]);
  });

  test.skipIf(skip)('text sorts by code point where the order is named', async () => {
    const rows = await registry().rows(
      `select v from (values ('b'), ('B'), ('千'), ('a')) as s (v) order by v collate "C"`,
    );
    expect(rows.map(({ v }) => v)).toEqual(['B', 'a', 'b', '千']);
  });

  test.skipIf(skip)('two statements in one text are refused', async () => {
    await expect(registry().rows('create table two (n int); create table three (n int)')).rejects.toThrow(
      /multiple commands/,
    );
    expect(await reading("select to_regclass('two') as value")).toBeNull();
  });

  test.skipIf(skip)('a transaction that fails leaves nothing, and its error reaches the caller', async () => {
    await registry().rows('create table rolled (n int)');
    const failing = registry().transaction(async (inner) => {
      await inner.rows('insert into rolled values (1)');
      throw new InputError('stop', 'Stop here.');
    });
    await expect(failing).rejects.toThrow(new InputError('stop', 'Stop here.'));
    expect(await count('rolled')).toBe(0);
  });

  test.skipIf(skip)('a transaction whose failed statement was caught is not taken for done', async () => {
    await registry().rows('create table swallowed (n int)');
    const failing = registry().transaction(async (inner) => {
      await inner.rows('insert into swallowed values (1)');
      await inner.rows('select 1 / 0').catch(() => undefined);
    });
    await expect(failing).rejects.toThrow(/rolled back/);
    expect(await count('swallowed')).toBe(0);
  });

  test.skipIf(skip)('a transaction inside a transaction may fail alone', async () => {
    await registry().rows('create table nested (n int)');
    const answer = await registry().transaction(async (outer) => {
      await outer.rows('insert into nested values (1)');
      await outer.transaction((inner) => inner.rows('insert into nested values (1 / 0)')).catch(() => undefined);
      await outer.transaction((inner) => inner.rows('insert into nested values (2)'));
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await registry().rows('select n from nested order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test.skipIf(skip)('the outer registry is refused inside a transaction instead of waiting for ever', async () => {
    const wrong = registry().transaction(() => registry().rows('select 1'));
    await expect(wrong).rejects.toThrow(/use the registry that its work is given/);
    expect(await reading('select 1 as value')).toBe(1);
  });

  test.skipIf(skip)('twenty transactions at once all count', async () => {
    await registry().rows('create table counter (n int)');
    await registry().rows('insert into counter values (0)');
    const add = () => registry().transaction((inner) => inner.rows('update counter set n = n + 1'));
    await Promise.all(Array.from({ length: 20 }, add));
    expect(await registry().rows('select n from counter')).toEqual([{ n: 20 }]);
  });

  test.skipIf(skip)('a key that stands already is a conflict naming its table', async () => {
    const insert = () => registry().rows('insert into setting values ($1, $2)', ['twice', { v: 1 }]);
    await insert();
    const again = insert();
    await expect(again).rejects.toBeInstanceOf(ConflictError);
    await expect(again).rejects.toMatchObject({
      code: 'registry_duplicate',
      message: expect.stringContaining('setting'),
    });
  });

  test.skipIf(skip)('the tables of the baseline take a row with their defaults', async () => {
    const [one] = await registry().rows<{ id: number }>("insert into import (path) values ('a') returning id");
    const [file] = await registry().rows(
      "insert into import_file (import_id, name, path, bytes) values ($1, 'a', 'a', 20000000000) returning status, bytes, accepted, unmapped, finished_at",
      [one?.id],
    );
    expect(file).toEqual({ status: 'reading', bytes: 20000000000, accepted: 0, unmapped: {}, finished_at: null });
    await expect(registry().rows("update import set status = 'lost'")).rejects.toThrow(/check constraint/);
  });

  test.skipIf(skip)('migrating again changes nothing', async () => {
    const before = await registry().rows('select * from migration order by number');
    await migrate(registry());
    expect(await registry().rows('select * from migration order by number')).toEqual(before);
    expect(before.map(({ number }) => number)).toEqual(migrations.map(({ number }) => number));
  });

  test.skipIf(skip)('a migration that fails half-way leaves nothing and is not recorded', async () => {
    const statements = ['create table half (n int)', 'select 1 / 0'];
    const wrong = [...migrations, { number: migrations.length + 1, name: 'wrong', statements }];
    await expect(migrate(registry(), wrong)).rejects.toThrow(/division by zero/);
    expect(await reading("select to_regclass('half') as value")).toBeNull();
    expect(await count('migration')).toBe(migrations.length);
  });

  test.skipIf(skip)('a registry made by a newer program is refused and left as it is', async () => {
    await registry().rows("insert into migration (number, name) values (99, 'later')");
    const older = migrate(registry());
    await expect(older).rejects.toMatchObject({ code: 'home_newer', message: expect.stringContaining('99 (later)') });
    await registry().rows('delete from migration where number = 99');
    expect(await count('migration')).toBe(migrations.length);
  });
});
