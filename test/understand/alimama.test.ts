/** The worked example of docs/audiences.md: 304 displays of ads, a profile of each consumer, and next to nothing to be found. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshHome } from '../product.ts';

const data = fileURLToPath(new URL('../../../shared/data/alimama-display-ad-sample/alimama_500.csv.gz', import.meta.url));
const guide = readFileSync(fileURLToPath(new URL('../../docs/audiences.md', import.meta.url)), 'utf8');
const missing = existsSync(data) ? undefined : 'the sample of displayed ads is not on this machine';

type Row = Readonly<Record<string, string>>;

/** The file's lines as cells: it has no quotes. */
const lines = missing ? [] : gunzipSync(readFileSync(data)).toString('utf8').trim().split('\n');
const cells = lines.map((line) => line.split(','));
const [names = []] = cells;
const rows: readonly Row[] = cells
  .slice(1)
  .map((line) => Object.fromEntries(line.map((cell, at) => [names[at] ?? '', cell])));

/** What `cut -d, -f251,260-267` and the like leave of the file; columns are counted from 1. */
const cut = (...ranges: readonly (readonly [from: number, to: number])[]) =>
  cells.map((line) => ranges.flatMap(([from, to]) => line.slice(from - 1, to)).join(',')).join('\n');

const [mappings = ''] = /^- entity: events\n[\s\S]*?(?=^```)/m.exec(guide.slice(guide.indexOf('alimama.yaml'))) ?? [];

const home = freshHome();
const on = '2017-05-12';
const shown = ['impression', 'click'];

const audiences = {
  clicked: { did: { behavior: ['click'] } },
  'placement 1': { did: { behavior: shown, where: { channel: ['1'] } } },
  women: { tag: { name: 'gender', in: ['f'] } },
  'not yet': {
    all: [
      { not: { did: { behavior: ['click'] } } },
      { tag: { name: 'gender', in: ['f'] } },
      { tag: { name: 'age_level', range: { min: 2, max: 3 } } },
    ],
  },
};

const users = (which: (row: Row) => boolean) => new Set(rows.filter(which).map(({ userid = '' }) => userid));
const both = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].filter((each) => other.has(each)).length;

/** Column of the file and the file's word for what the home calls a value of a tag. */
const columns: Readonly<Record<string, readonly [column: string, words: Readonly<Record<string, string>>]>> = {
  gender: ['final_gender_code', { m: '1', f: '2' }],
  age_level: ['age_level', {}],
  spend_level: ['pvalue_level', { 1: '1', 3: '2', 5: '3' }],
  shopping_level: ['shopping_level', {}],
  occupation: ['occupation', { student: '1', other: '0' }],
  city_tier: ['new_user_class_level', {}],
};
const tags = Object.keys(columns);

describe.skipIf(missing)(`Displayed ads${missing ? `: ${missing}` : ''}`, { timeout: 60_000 }, () => {
  let read: { readonly accepted: number; readonly duplicate: number }[] = [];

  beforeAll(async () => {
    const dir = join(home.files, 'alimama');
    mkdirSync(dir);
    writeFileSync(join(dir, 'ads.csv'), cut([251, 251], [260, 267]));
    writeFileSync(join(dir, 'users.csv'), cut([251, 259]));
    const mapping = join(home.files, 'alimama.yaml');
    writeFileSync(mapping, mappings);
    const report = await home.import(dir, { mapping });
    console.log(report);
    read = report.files.map(({ accepted, duplicate }) => ({ accepted, duplicate }));
    const product = await home.product();
    for (const [name, rule] of Object.entries(audiences)) await product.createAudience({ name, rule, on });
  }, 60_000);

  test('portrait', async () => {
    console.table(await home.run('portrait', { audience: 'placement 1', tags, on }));
    console.table(await home.run('portrait', { audience: 'clicked', tags, on }));
    console.table(await home.run('ta-concentration', { audience: 'clicked', ta: 'women' }));
    console.table(await home.run('audience-overlap', { audiences: Object.keys(audiences) }));
    console.log(read);
  });
});
