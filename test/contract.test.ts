import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Analysis } from '../src/analyses/analysis.ts';
import { analyses } from '../src/analyses/index.ts';
import { keepGroups } from '../src/analyses/testing/pushed.ts';
import {
  ask,
  type Facts,
  keepAudiences,
  keepSpans,
  keepValues,
  lens,
  peopleOf,
  store,
  tell,
} from '../src/analyses/testing/world.ts';
import { addDays } from '../src/base/day.ts';
import { locales } from '../src/base/text.ts';
import type { Lens } from '../src/lifecycle/kept.ts';
import { defaultRules } from '../src/model/rules/default.ts';
import { rulePresets } from '../src/model/rules/presets.ts';
import { sql } from '../src/warehouse/sql.ts';

const shelf = fileURLToPath(new URL('../src/analyses', import.meta.url));
const files = readdirSync(shelf, { recursive: true, encoding: 'utf8' }).map((name) => join(shelf, name));
const entries = analyses.map((analysis) => ({ id: analysis.id, analysis }));
const chinese = /[\u4e00-\u9fff]/;

function fileOf(id: string, ending: string): string {
  return files.find((name) => basename(name) === `${id}${ending}` && dirname(name) !== shelf) ?? '';
}

test('the shelf lists every analysis once, and nothing of its folders is left off', () => {
  const ids = analyses.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const pages = files.filter((name) => name.endsWith('.md')).map((name) => basename(name, '.md'));
  expect(pages.toSorted()).toEqual(ids.toSorted());
});

describe.each(entries)('$id', ({ id, analysis }) => {
  const params = Object.entries(analysis.params.shape);
  const columns = Object.keys(analysis.row.shape);

  test('is named as its file, with its test and its page beside it', () => {
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
    const source = readFileSync(fileOf(id, '.ts'), 'utf8');
    expect(source).toContain(`id: '${id}'`);
    expect(readFileSync(fileOf(id, '.test.ts'), 'utf8')).toContain(`'./${id}.ts'`);
  });

  test('speaks both languages everywhere', () => {
    const texts = [analysis.title, analysis.question, ...Object.values(analysis.columns)];
    for (const text of texts) {
      for (const locale of locales) expect(text[locale].trim(), JSON.stringify(text)).not.toBe('');
      expect(text.zh).toMatch(chinese);
      expect(text.en).not.toMatch(chinese);
    }
    for (const [name, schema] of params) {
      const [en = '', zh = '', more] = String(z.globalRegistry.get(schema)?.description).split(' | ');
      expect([name, en]).not.toEqual([name, expect.stringMatching(chinese)]);
      expect([name, zh, more]).toEqual([name, expect.stringMatching(chinese), undefined]);
    }
  });

  test('titles exactly its columns, and draws and formats only those', () => {
    expect(Object.keys(analysis.columns)).toEqual(columns);
    const { kind: _, ...drawn } = analysis.chart;
    expect(columns).toEqual(expect.arrayContaining(Object.values(drawn)));
    expect(columns).toEqual(expect.arrayContaining([...(analysis.rates ?? []), ...(analysis.money ?? [])]));
  });

  test('takes brand, category and rules, or says why it cannot', () => {
    const page = readFileSync(analysis.doc, 'utf8');
    if (analysis.audiences) expect(page.split('## Parameters')[0]).toMatch(/`brand`.*`category`/);
    else expect(params.map(([name]) => name)).toEqual(expect.arrayContaining(['brand', 'category', 'rules']));
  });

  test('has shapes that any surface can describe', () => {
    expect(z.toJSONSchema(analysis.params, { io: 'input' }).type).toBe('object');
    expect(z.toJSONSchema(analysis.row).type).toBe('object');
  });

  test('has a page with the fixed headings, in both languages, that names every parameter and column', () => {
    const [title = '', ...sections] = readFileSync(analysis.doc, 'utf8').split(/^## /m);
    expect(fileURLToPath(analysis.doc)).toBe(fileOf(id, '.md'));
    expect(title.trim()).toBe(`# ${id}`);
    const parts = new Map(sections.map((each) => [each.split('\n', 1)[0] ?? '', each]));
    const headings = 'Reads,Definition,Limits,Parameters,Columns,Worked example,Origin'.split(',');
    expect([...parts.keys()]).toEqual(headings);
    for (const [heading, text] of parts) {
      expect(text, heading).toMatch(chinese);
      expect(text, heading).toMatch(/[a-z]{3,} [a-z]+/);
    }
    for (const [name] of params) expect(parts.get('Parameters')).toContain(`- \`${name}\``);
    for (const name of columns) expect(parts.get('Columns')).toContain(`- \`${name}\``);
    expect(parts.get('Origin')).toContain(analysis.origin);
  });
});

/** Physical tables of facts; an analysis reads them through `model` and `lifecycle` only. */
const tables =
  'events order_lines order_heads memberships reviews profiles items stage_spans media_spend contents creators';

test('no analysis names a table of facts', () => {
  const named = new RegExp(`\\b(FROM|JOIN)\\s+(${tables.split(' ').join('|')})\\b`);
  const sources = files.filter((name) => name.endsWith('.ts') && !/\.test\.ts$|testing/.test(name));
  expect(sources.length).toBeGreaterThan(analyses.length);
  expect(sources.filter((name) => named.test(readFileSync(name, 'utf8')))).toEqual([]);
});

const end = '2026-06-30';

/** Parameters that every analysis understands, each taking its own. */
const everything = {
  on: end,
  from: addDays(end, -44),
  to: end,
  base_from: addDays(end, -120),
  base_to: addDays(end, -45),
  within_days: 20,
  audience: 'a',
  base: 'b',
  ta: 'b',
  other: 'b',
  push: 'p',
  audiences: ['a', 'b', 'c'],
};

/** Parameters of one analysis; only those that are about audiences name any. */
const paramsOf = ({ audiences }: Analysis): Record<string, unknown> =>
  audiences ? everything : { ...everything, audience: undefined };

/** Sixty consumers with something of everything, on days that a small step size spreads over half a year. */
function busy(): Facts {
  const each = Array.from({ length: 60 }, (_, n) => n + 1);
  const before = (n: number, step: number) => addDays(end, -((n * step) % 170));
  const goods = (n: number) => ({
    brand: ['Qian', '', 'Other'][n % 3] ?? '',
    category_id: ['tea', '', 'cups', 'tea'][n % 4] ?? '',
  });
  const acts = ['impression', 'cart', 'item_view', 'follow', 'favorite', 'click', 'unfollow', 'shop_visit'];
  return {
    events: each.flatMap((n) =>
      [7, 11, 13, 2].map((step) => ({
        consumer: n,
        time: before(n, step),
        behavior: acts[(n * step) % acts.length] ?? '',
        creator_id: ['k', ''][n % 2] ?? '',
        ...goods(n + step),
      })),
    ),
    orders: each.flatMap((n) =>
      [3, 17, 5].slice(0, n % 4).map((step) => ({
        consumer: n,
        paid: before(n, step),
        amount: 10 + ((n * step) % 90),
        ...(n % 5 === 0 ? { refund: 10 + ((n * step) % 90), refunded: addDays(before(n, step), 6) } : {}),
        ...goods(n * step),
      })),
    ),
    profiles: each.map((n) => ({
      consumer: n,
      gender: ['f', 'm', ''][n % 3] ?? '',
      city_tier: 1 + (n % 2),
      props: { taste: ['tea', 'cups'][n % 2] ?? '' },
    })),
    creators: [{ creator_id: 'k', props: { share_gender_f: '0.6', share_gender_m: '0.4', share_taste_tea: '70%' } }],
    members: each
      .filter((n) => n % 6 === 0)
      .map((n) => ({ consumer: n, joined: before(n, 9), ...(n % 4 === 0 ? { quit: addDays(before(n, 9), 20) } : {}) })),
    reviews: each.filter((n) => n % 7 === 0).map((n) => ({ consumer: n, time: before(n, 3), rating: 1 + (n % 5) })),
  };
}

/** Spans as they once were, and the rows that take them back: together they count for nothing. */
const takenBack = sql`INSERT INTO stage_spans (rules, consumer, start, finish, level, sign, batch)
  SELECT rules, consumer, start - 9, finish + 9, 1 + level % 4, once, 2
  FROM stage_spans ARRAY JOIN [1, -1] AS once WHERE finish < 65000`;

const { warehouse } = store();

describe('on an empty store', () => {
  let seen: Partial<Lens>;
  beforeAll(async () => {
    await tell(warehouse(), {});
    seen = {
      audiences: await keepAudiences(warehouse(), { a: [], b: [], c: [] }),
      tags: await keepValues(warehouse(), { on: end, last: 0 }),
    };
  });

  test.each(entries)('$id answers in every scope and counts nobody', async ({ analysis }) => {
    for (const scope of [{}, { brand: 'Qian', category: 'tea' }]) {
      const rows = await ask(warehouse(), analysis, paramsOf(analysis), { ...lens(scope), ...seen });
      expect(
        rows.filter((row) => (row.consumers ?? row.numerator ?? row.match ?? ('match' in row ? 0 : 1)) !== 0),
      ).toEqual([]);
    }
  });
});

describe('on a busy store', () => {
  beforeAll(async () => {
    await tell(warehouse(), busy());
    await keepSpans(warehouse(), defaultRules);
    await warehouse().run(takenBack);
    const each = Array.from({ length: 60 }, (_, n) => n + 1);
    const sides = each.map((n): [number, number] => [n, n % 2]);
    await keepGroups(warehouse(), { name: 'p', day: addDays(end, -44), sides, holdout: 5000 });
    const audiences = { a: each.slice(0, 40), b: each.slice(20), c: each.filter((n) => n % 2 === 0) };
    named = {
      audiences: await keepAudiences(warehouse(), audiences),
      tags: await keepValues(warehouse(), { on: end, last: 60 }),
    };
  });
  let named: Partial<Lens>;
  /** What audiences and tags there are, on each of the days that an analysis follows too. */
  const seenBy = (analysis: Analysis): Partial<Lens> => {
    const { audiences, tags } = named;
    const days = analysis.days?.of(analysis.params.parse(paramsOf(analysis)));
    if (!days || !audiences || !tags) return named;
    return { ...named, days: new Map(days.map((on) => [on, { audiences, tags }])) };
  };
  const asked = (analysis: Analysis, seen: Lens) =>
    ask(warehouse(), analysis, paramsOf(analysis), { ...seen, ...seenBy(analysis) });

  test.each(entries)(
    '$id says the same twice, and the same from kept spans as from computed ones',
    async ({ analysis }) => {
      const kept = await asked(analysis, lens({}, { kept: true }));
      expect(kept.length).toBeGreaterThan(analysis.audiences ? 0 : 2);
      expect(await asked(analysis, lens({}, { kept: true }))).toEqual(kept);
      expect(await asked(analysis, lens())).toEqual(kept);
    },
  );

  test.each(entries)('$id opens into as many people as its rows say, each once', async ({ analysis }) => {
    const seen = { ...lens({}, { kept: true }), ...seenBy(analysis) };
    const params = paramsOf(analysis);
    const rows = await ask(warehouse(), analysis, params, seen);
    const shown = rows.length > 40 ? rows.filter((_, index) => index % Math.ceil(rows.length / 20) === 0) : rows;
    for (const row of shown) {
      const people = await peopleOf(warehouse(), analysis, row, params, seen);
      expect(new Set(people).size).toBe(people.length);
      if ('consumers' in row || 'numerator' in row)
        expect([row, people.length]).toEqual([row, row.consumers ?? row.numerator]);
    }
  });

  test.each(entries)('$id answers under every rule set, its rows in the words of that set', async ({ analysis }) => {
    for (const rules of rulePresets) {
      const rows = await asked(analysis, lens({ brand: 'Qian' }, { rules }));
      const codes = [...rules.stages.map(({ code }) => code), 'none'];
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows)
        for (const name of ['stage', 'from_stage', 'to_stage']) if (name in row) expect(codes).toContain(row[name]);
    }
  });
});
