/** The worked example of docs/audiences.md: displayed ads and who saw them, by the mapping and the rules the guide gives. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { wilson } from '../../src/base/statistics.ts';
import { freshHome } from '../product.ts';

const data = fileURLToPath(
  new URL('../../../shared/data/alimama-display-ad-sample/alimama_500.csv.gz', import.meta.url),
);
const guide = readFileSync(fileURLToPath(new URL('../../docs/audiences.md', import.meta.url)), 'utf8');
const missing = existsSync(data) ? undefined : 'the sample of displayed ads is not on this machine';

/** The example as either half of the guide tells it: up to the next example or heading. */
const sections = [...guide.matchAll(/^\*\*[^\n]*`alimama-display-ad-sample`[\s\S]*?(?=^\*\*|^#|$(?![\s\S]))/gm)].map(
  ([text]) => text,
);
const [first = ''] = sections;
const mapping = /^```yaml\n([\s\S]*?)^```/m.exec(first)?.[1] ?? '';
const rulesOf = (text: string) =>
  [...text.matchAll(/`(\{"(?:did|all)".*?\})`/g)].map(([, rule = '']) => JSON.parse(rule));
const rules = rulesOf(first);

/** The numbers of a text, without those of its code, its table and its dates. */
function numbersOf(text: string): Set<string> {
  const prose = text.replace(/^```[\s\S]*?^```|`[^`\n]+`|^\|.*$|\d{4}-\d\d-\d\d/gm, '');
  return new Set(prose.match(/\d+(\.\d+)?%?/g));
}

type Row = Readonly<Record<string, string>>;

/** The file's lines as cells: it has no quotes. */
const cells = (missing ? '' : gunzipSync(readFileSync(data)).toString('utf8').trim())
  .split('\n')
  .map((line) => line.split(','));
const [names = [], ...lines] = cells;
const rows: readonly Row[] = lines.map((line) => Object.fromEntries(line.map((cell, at) => [names[at] ?? '', cell])));

/** The files that the guide's commands cut out of the file's columns, which they number from 1. */
const files = [...first.matchAll(/cut -d, -f(\S+) > alimama\/(\S+)/g)].map(([, fields = '', name = '']) => {
  const ranges = fields.split(',').map((each) => each.split('-').map(Number));
  const kept = (line: readonly string[]) =>
    ranges.flatMap(([from = 0, to = from]) => line.slice(from - 1, to)).join(',');
  return { name, text: cells.map(kept).join('\n') };
});

type Users = ReadonlySet<string>;
const users = (which: (row: Row) => boolean): Users => new Set(rows.filter(which).map(({ userid = '' }) => userid));
const both = (one: Users, other: Users) => [...one].filter((each) => other.has(each)).length;

const all = users(() => true);
const displays = new Set(rows.map(({ userid, adgroup_id: ad }) => `${userid} ${ad}`)).size;
const clicked = users(({ clk }) => clk === '1');
const women = users((row) => row.final_gender_code === '2');
const placed = users(({ pid }) => pid === '1');
const notYet = users(
  ({ userid = '', age_level: age }) => women.has(userid) && !clicked.has(userid) && (age === '2' || age === '3'),
);

/** The column of the file that a tag comes from, and the file's words for the tag's values. */
const columns: Readonly<Record<string, readonly [column: string, words: Row]>> = {
  gender: ['final_gender_code', { m: '1', f: '2' }],
  age_level: ['age_level', {}],
  spend_level: ['pvalue_level', { 1: '1', 3: '2', 5: '3' }],
  shopping_level: ['shopping_level', {}],
  occupation: ['occupation', { student: '1', other: '0' }],
  city_tier: ['new_user_class_level', {}],
};
const tags = Object.keys(columns);

/** Who has a value of a tag by the file, and who has any. */
function having(tag: string, value: string): [those: Users, known: Users] {
  const [column, words] = columns[tag] ?? [tag, {}];
  const known = users((row) => row[column] !== '0' || tag === 'occupation');
  return [value === '*' ? known : users((row) => row[column] === (words[value] ?? value)), value === '*' ? all : known];
}

/** Pearson's chi-square of two groups' shares: beyond 3.84 one in twenty by chance. */
function chiSquare([some, of]: readonly [number, number], [others, rest]: readonly [number, number]): number {
  const [left, right] = [of - some, rest - others];
  const beside = of * rest * (some + others) * (left + right);
  return beside === 0 ? 0 : ((of + rest) * (some * right - others * left) ** 2) / beside;
}

const percent = (share: unknown) => `${(100 * Number(share)).toFixed(1)}%`;
const home = freshHome();
const on = '2017-05-12';

describe.skipIf(missing)(`Displayed ads${missing ? `: ${missing}` : ''}`, { timeout: 60_000 }, () => {
  const audiences = ['clicked', 'not yet', 'placement 1', 'women'] as const;

  beforeAll(async () => {
    const dir = join(home.files, 'alimama');
    mkdirSync(dir);
    for (const { name, text } of files) writeFileSync(join(dir, name), text);
    writeFileSync(join(home.files, 'alimama.yaml'), mapping);
    const report = await home.import(dir, { mapping: join(home.files, 'alimama.yaml') });
    expect(report.files).toMatchObject([
      { read: rows.length, accepted: displays, duplicate: rows.length - displays, rejected: 0 },
      { read: rows.length, accepted: all.size, rejected: 0 },
    ]);
    const product = await home.product();
    const given = [...rules, { tag: { name: 'gender', in: ['f'] } }];
    for (const [at, name] of audiences.entries()) await product.createAudience({ name, rule: given[at], on });
  }, 60_000);

  test('the portrait of a placement is the recount’s, nothing in it is significant, and the guide tells it', async () => {
    const told: string[] = [];
    const chances: number[] = [];
    for (const row of await home.run('portrait', { audience: 'placement 1', tags, on })) {
      const { tag, value, consumers, share, base_share, tgi, low, high, q } = row;
      const [those, known] = having(String(tag), String(value));
      const [some, of, base] = [both(placed, those), both(placed, known), those.size / known.size];
      expect([tag, value, consumers, share, base_share]).toEqual([tag, value, some, some / of, base]);
      const bounds = wilson(some, of);
      const index = (part: number) => expect.closeTo((100 * part) / base, 6);
      const isTold = base * of >= 30 && bounds !== undefined;
      expect([tgi, low, high]).toEqual(
        isTold ? [index(some / of), index(bounds.low), index(bounds.high)] : [null, null, null],
      );
      if (!isTold || base === 1) continue;
      chances.push(chiSquare([some, of], [those.size - some, known.size - of]));
      const figures = [tgi, low, high].map((figure) => Number(figure).toFixed(1));
      told.push(
        `| ${tag} | ${value} | ${consumers} | ${figures[0]} | ${figures[1]}–${figures[2]} | ${Number(q).toFixed(3)} |`,
      );
    }
    expect(Math.max(...chances)).toBeLessThan(3.84);
    expect(sections.map((section) => section.match(/^\|.*\d \|$/gm))).toEqual([told, told]);
  });

  test('no cell of those who clicked has an index, for too few are to be expected', async () => {
    const cells = await home.run('portrait', { audience: 'clicked', tags, on });
    expect(cells.length).toBeGreaterThan(15);
    expect(cells.filter(({ tgi, low, high, q }) => [tgi, low, high, q].some((each) => each !== null))).toEqual([]);
  });

  test('sizes, concentration and overlap are the recount’s', async () => {
    const saved = (await (await home.product()).audiences()).map(({ name, consumers }) => [name, consumers]);
    const counted = { clicked, 'not yet': notYet, 'placement 1': placed, women };
    expect(saved).toEqual(Object.entries(counted).map(([name, those]) => [name, those.size]));
    const [ta = {}] = await home.run('ta-concentration', { audience: 'clicked', ta: 'women' });
    const shared = both(clicked, women);
    const bounds = wilson(shared, clicked.size);
    expect(ta).toMatchObject({ ta_consumers: shared, concentration: shared / clicked.size, ...bounds });
    expect(ta.penetration).toBe(shared / women.size);
    const [pair = {}] = await home.run('audience-overlap', { audiences: ['not yet', 'placement 1'] });
    expect(pair.consumers).toBe(both(notYet, placed));
  });

  test('the guide has these numbers and no other, in both languages, and the same rules', async () => {
    const [ta = {}] = await home.run('ta-concentration', { audience: 'clicked', ta: 'women' });
    const compared = await home.run('portrait', { audience: 'placement 1', tags, on });
    const cell = (tag: string, value: string) => compared.find((row) => row.tag === tag && row.value === value) ?? {};
    const [yes, no] = [rows.filter(({ clk }) => clk === '1'), rows.filter(({ clk }) => clk === '0')];
    const ofWomen = (those: readonly Row[]) => those.filter((row) => row.final_gender_code === '2').length;
    const copied = chiSquare([ofWomen(yes), yes.length], [ofWomen(no), no.length]);
    const [deepest] = having('shopping_level', '3');
    const told = [
      ...[rows.length, displays, rows.length - displays, all.size, clicked.size, yes.length / clicked.size],
      ...[percent(clicked.size / displays), percent(yes.length / rows.length)],
      ...[((clicked.size * deepest.size) / all.size).toFixed(1), ta.ta_consumers, percent(women.size / all.size)],
      ...[ta.concentration, ta.low, ta.high, ta.penetration].map(percent),
      ...[ofWomen(yes), yes.length, ofWomen(no), no.length, copied.toFixed(1)],
      ...[notYet.size, both(notYet, placed), placed.size, percent(cell('spend_level', '*').base_share)],
      ...[Number(cell('spend_level', '3').q).toFixed(3), Number(cell('gender', 'm').tgi).toFixed(1)],
    ];
    const fixed = { least: 30, average: 100, codes: [1, 2, 3, 5] };
    const expected = new Set([...told, fixed.least, fixed.average, ...fixed.codes].map(String));
    expect(sections.map(numbersOf)).toEqual([expected, expected]);
    expect(sections.map(rulesOf)).toEqual([rules, rules]);
  });
});
