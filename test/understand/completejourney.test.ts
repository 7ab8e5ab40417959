/** The worked example of docs/audiences.md: the households of Complete Journey that redeem coupons, recounted from the files. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { wilson } from '../../src/base/statistics.ts';
import { freshHome } from '../product.ts';

const data = fileURLToPath(new URL('../../../shared/data/completejourney', import.meta.url));
const guide = readFileSync(fileURLToPath(new URL('../../docs/audiences.md', import.meta.url)), 'utf8');
const missing = existsSync(data) ? undefined : 'the data of Complete Journey are not on this machine';
const files = ['demographics', 'coupon_redemptions', 'transactions_sample'] as const;

type Row = Readonly<Record<string, string>>;

/** Rows of a file without quotes, which these have none of. */
function rowsOf(name: (typeof files)[number]): Row[] {
  const [header = '', ...lines] = gunzipSync(readFileSync(join(data, `${name}.csv.gz`)))
    .toString('utf8')
    .trim()
    .split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])));
}

const households = (rows: readonly Row[]) => new Set(rows.map((row) => row.household_id ?? ''));
const both = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].filter((each) => other.has(each)).length;

const home = freshHome();
const on = '2017-12-31';

/** Households that redeemed a coupon, that have two children or more, that bought on twenty days or more. */
const audiences = {
  redeemed: { did: { behavior: ['coupon_redeem'] } },
  'two children': { tag: { name: 'kids_count', in: ['2', '3+'] } },
  'twenty days': { bought: { days: { min: 20 } } },
};

describe.skipIf(missing)(`Complete Journey${missing ? `: ${missing}` : ''}`, { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const dir = mkdtempSync(join(home.files, 'journey-'));
    for (const name of files) copyFileSync(join(data, `${name}.csv.gz`), join(dir, `${name}.csv.gz`));
    await home.import(dir);
    const product = await home.product();
    for (const [name, rule] of Object.entries(audiences)) await product.createAudience({ name, rule, on });
  }, 120_000);

  const profiles = missing ? [] : rowsOf('demographics');
  const redeemed = missing ? new Set<string>() : households(rowsOf('coupon_redemptions'));
  const large = households(profiles.filter(({ kids_count: kids }) => kids === '2' || kids === '3+'));

  test('the portrait of those who redeem is the recount’s, and the guide tells it', async () => {
    const columns = { age_band: 'age', income: 'income', kids_count: 'kids_count' };
    const rows = await home.run('portrait', { audience: 'redeemed', tags: Object.keys(columns), on });
    const known = both(redeemed, households(profiles));
    const lines: string[] = [];
    for (const { tag, value, consumers, share, base_share, tgi, low, high, q } of rows) {
      if (value === '*') continue;
      const column = columns[String(tag) as keyof typeof columns];
      const those = households(profiles.filter((row) => row[column] === value));
      const [own, base] = [both(redeemed, those), those.size];
      expect([value, consumers, share, base_share]).toEqual([value, own, own / known, base / profiles.length]);
      const isTold = (base / profiles.length) * known >= 30;
      const bounds = wilson(own, known);
      const index = (of: number) => expect.closeTo((100 * of * profiles.length) / base, 6);
      expect([tgi, low, high]).toEqual(
        isTold && bounds ? [index(own / known), index(bounds.low), index(bounds.high)] : [null, null, null],
      );
      if (isTold)
        lines.push(
          `| ${tag} | ${value} | ${consumers} | ${Number(tgi).toFixed(1)} | ${Number(low).toFixed(1)}–${Number(high).toFixed(1)} | ${Number(q).toFixed(3)} |`,
        );
    }
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => guide.split(line).length !== 3)).toEqual([]);
  });

  test('concentration and overlap are the recount’s, and the guide tells them', async () => {
    const days = new Map<string, Set<string>>();
    for (const { household_id: id = '', transaction_timestamp: at = '', sales_value: value } of rowsOf(
      'transactions_sample',
    ))
      if (Number(value) > 0) days.set(id, (days.get(id) ?? new Set()).add(at.slice(0, 10)));
    const frequent = new Set([...days].filter(([, each]) => each.size >= 20).map(([id]) => id));
    const [row = {}] = await home.run('ta-concentration', { audience: 'redeemed', ta: 'two children' });
    const shared = both(redeemed, large);
    expect(row).toMatchObject({ consumers: redeemed.size, ta_consumers: shared, penetration: shared / large.size });
    const pairs = await home.run('audience-overlap', { audiences: Object.keys(audiences) });
    expect(pairs.map(({ consumers }) => consumers)).toEqual([shared, both(redeemed, frequent), both(large, frequent)]);
    const percent = (share: unknown) => `${(100 * Number(share)).toFixed(1)}%`;
    const told = [
      `${redeemed.size}`,
      `${shared}`,
      percent(row.concentration),
      percent(row.low),
      percent(row.high),
      percent(row.penetration),
      `${both(redeemed, frequent)}`,
    ];
    expect({ told, missing: told.filter((each) => guide.split(each).length < 3) }).toEqual({ told, missing: [] });
  });
});
