import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ImportReport } from '../../src/app/reports.ts';
import { sql } from '../../src/warehouse/sql.ts';
import type { Answer } from '../oracle/cases.ts';
import { userBehaviorRows } from '../oracle/userbehavior.ts';
import { world } from '../oracle/world.ts';
import { freshHome } from '../product.ts';
import { csvRows, data, distinct, hasData, olistWorld } from './acceptance.fixture.ts';
import { agree, expectedOf, type Question } from './answers.fixture.ts';

/** What a report says of its files: name, preset, and the rows that reconcile. */
const filesOf = ({ files }: ImportReport) =>
  files.map(({ file, preset, read, accepted, duplicate, rejected }) => ({
    file,
    preset,
    rows: [read, accepted, duplicate, rejected],
  }));

/** A file whose rows were all new, and none refused. */
const taken = (file: string, preset: string, rows: number) => ({ file, preset, rows: [rows, rows, 0, 0] });
/** The same file again. */
const again = ({ file, preset, rows: [read] }: ReturnType<typeof taken>) => ({
  file,
  preset,
  rows: [read, 0, read, 0],
});

/** Half a million rows on a busy machine need their time. */
const timeout = 180_000;

const why = 'skipped where the data folder is absent beside the repo';

describe.skipIf(!hasData)(`Taobao UserBehavior (${why})`, { timeout }, () => {
  const home = freshHome();
  const file = taken('userbehavior_983users_9days.csv.gz', 'taobao-userbehavior', 100_001);
  let first: ImportReport;
  beforeAll(async () => {
    first = await home.import(`${data}/taobao-userbehavior`);
  });

  test('imports as it lies, every row accepted, 983 consumers', () => {
    expect(filesOf(first)).toEqual([file]);
    expect(first).toMatchObject({ consumers: 983, unidentified: 0 });
  });

  test('has the stock, flow, FAST and trend that a count of its rows has', async () => {
    const known = world(await userBehaviorRows(`${data}/taobao-userbehavior/${file.file}`));
    const answers = expectedOf(known, [
      { analysis: 'aipl-stock', params: { on: '2017-12-03' } },
      { analysis: 'aipl-flow', params: { from: '2017-11-26', to: '2017-12-03' } },
      { analysis: 'aipl-trend', params: { from: '2017-12-01', to: '2017-12-02' } },
      { analysis: 'fast', params: { from: '2017-11-26', to: '2017-12-03' } },
      { analysis: 'repurchase', params: { on: '2017-12-03', within_days: 3 } },
    ]);
    expect(answers.map(({ rows }) => rows.length)).toEqual([3, 12, 7, 4, 6]);
    await agree(home, answers);
  });

  test('imported again is all duplicate and changes nobody', async () => {
    const second = await home.import(`${data}/taobao-userbehavior`);
    expect(filesOf(second)).toEqual([again(file)]);
    expect(second).toMatchObject({ consumers: 983, unidentified: 0 });
  });
});

/** A folder by preset: its files with the rows of its README, and what it adds to the home. */
interface Folder {
  readonly folder: string;
  readonly files: readonly ReturnType<typeof taken>[];
  /** Counted in the file itself. */
  readonly consumers: () => number;
  readonly unidentified: number;
}

const folders: readonly Folder[] = [
  {
    folder: 'online-retail',
    files: [taken('online_retail.csv.gz', 'online-retail', 541_909)],
    consumers: () => 4_372,
    unidentified: 135_080,
  },
  {
    folder: 'olist-sample',
    files: [
      taken('olist_customers.csv.gz', 'olist-customers', 22_870),
      taken('olist_order_items.csv.gz', 'olist-order-items', 26_109),
      taken('olist_order_payments.csv.gz', 'olist-payments', 23_849),
      taken('olist_order_reviews.csv.gz', 'olist-reviews', 6_866),
      taken('olist_orders.csv.gz', 'olist-orders', 22_870),
      taken('olist_products.csv.gz', 'olist-products', 32_951),
      taken('olist_sellers.csv.gz', 'olist-sellers', 3_095),
    ],
    consumers: () => distinct(csvRows('olist-sample/olist_customers.csv.gz'), 'customer_unique_id'),
    unidentified: 0,
  },
  {
    folder: 'completejourney',
    files: [
      taken('campaign_descriptions.csv.gz', 'completejourney-campaign-descriptions', 27),
      taken('campaigns.csv.gz', 'completejourney-campaigns', 6_589),
      taken('coupon_redemptions.csv.gz', 'completejourney-redemptions', 2_102),
      taken('coupons.csv.gz', 'completejourney-coupons', 116_204),
      taken('demographics.csv.gz', 'completejourney-demographics', 801),
      taken('products.csv.gz', 'completejourney-products', 92_331),
      taken('promotions_sample.csv.gz', 'completejourney-promotions', 360_535),
      taken('transactions_sample.csv.gz', 'completejourney-transactions', 75_000),
    ],
    consumers: () =>
      distinct(
        ['transactions_sample', 'coupon_redemptions', 'demographics'].flatMap((file) =>
          csvRows(`completejourney/${file}.csv.gz`),
        ),
        'household_id',
      ),
    unidentified: 0,
  },
  {
    folder: 'rees46-oct2019',
    files: [taken('events_2019_oct.csv.gz', 'rees46', 17_434)],
    consumers: () => distinct(csvRows('rees46-oct2019/events_2019_oct.csv.gz'), 'user_id'),
    unidentified: 0,
  },
  {
    folder: 'tmall-orders',
    files: [taken('tmall_order_report.csv.gz', 'tmall-orders', 28_010)],
    consumers: () => 0,
    unidentified: 28_010,
  },
];

describe.skipIf(!hasData)(`the platforms' exports in one home (${why})`, { timeout }, () => {
  const home = freshHome();
  let before = { consumers: 0, unidentified: 0 };

  test.each(folders)('$folder imports by preset, every row of every file taken', async (one) => {
    const report = await home.import(`${data}/${one.folder}`);
    expect(filesOf(report)).toEqual(one.files);
    expect(report.files.map(({ file }) => file)).toEqual(
      readdirSync(`${data}/${one.folder}`).filter((name) => name.endsWith('.gz')),
    );
    const added = {
      consumers: report.consumers - before.consumers,
      unidentified: report.unidentified - before.unidentified,
    };
    before = { consumers: report.consumers, unidentified: report.unidentified };
    expect(added).toEqual({ consumers: one.consumers(), unidentified: one.unidentified });
  });

  test('imported again all five are duplicates only', async () => {
    const report = await home.import(`${data}/olist-sample`);
    expect(filesOf(report)).toEqual(folders[1]?.files.map(again));
    expect(report).toMatchObject(before);
  });

  test('the published totals come out of the warehouse', async () => {
    const of = (source: string) => sql`FROM order_lines WHERE source = ${source}`;
    const [retail] = await home.facts(sql`SELECT sum(amount) AS sold, sum(refund_amount) AS back,
      countIf(consumer = 0) AS anonymous ${of('online-retail')}`);
    const net = Number(retail?.sold) - Number(retail?.back);
    expect(Math.abs(net - 974_774_793)).toBeLessThan(300);
    expect(retail).toMatchObject({ anonymous: 135_080 });
    const tmall = await home.facts(sql`SELECT sum(list_amount) AS list, sum(amount) AS paid,
      sum(refund_amount) AS refund ${of('tmall')}`);
    expect(tmall).toEqual([{ list: 299_576_061, paid: 190_248_715, refund: 57_233_592 }]);
    const cents = (rows: readonly Readonly<Record<string, string>>[], column: string) =>
      rows.reduce((sum, row) => sum + Math.round(Number(row[column]) * 100), 0);
    const journey = csvRows('completejourney/transactions_sample.csv.gz');
    const sales = await home.facts(
      sql`SELECT sum(amount) AS sales, uniqExact(consumer) AS buyers, sum(quantity) AS units ${of('completejourney')}`,
    );
    expect(sales).toEqual([
      {
        sales: cents(journey, 'sales_value'),
        buyers: distinct(journey, 'household_id'),
        units: cents(journey, 'quantity') / 100,
      },
    ]);
    const rees = csvRows('rees46-oct2019/events_2019_oct.csv.gz');
    const paid = rees.filter((row) => row.event_type === 'purchase');
    const behaviors =
      await home.facts(sql`SELECT countIf(behavior = 'item_view') AS view, countIf(behavior = 'cart') AS cart,
      countIf(behavior = 'pay') AS pay, sum(amount) AS amount FROM events WHERE source = 'rees46'`);
    expect(behaviors).toEqual([{ view: 17_434 - 165 - 214, cart: 165, pay: 214, amount: cents(paid, 'price') }]);
  });
});

describe.skipIf(!hasData)(`Olist, whose orders, lines and persons lie in three files (${why})`, { timeout }, () => {
  const questions: readonly Question[] = [
    { analysis: 'rfm', params: { on: '2018-08-31' } },
    { analysis: 'aipl-stock', params: { on: '2018-08-31' } },
    { analysis: 'repurchase', params: { on: '2018-08-31', within_days: 90 } },
    {
      analysis: 'grow',
      params: { from: '2018-01-01', to: '2018-06-30', base_from: '2017-07-01', base_to: '2017-12-31' },
    },
  ];
  const ways = [
    {
      name: 'lines first, then heads, then customers',
      order: ['order_items', 'orders', 'customers', 'order_reviews', 'products'],
    },
    {
      name: 'reviews and products first, heads last',
      order: ['products', 'order_reviews', 'customers', 'order_items', 'orders'],
    },
  ];
  const home = freshHome();
  let answers: Answer[] = [];
  beforeAll(() => {
    answers = expectedOf(olistWorld(), questions);
    expect(answers.filter(({ rows }) => rows.length < 2)).toEqual([]);
  });

  test.each(ways)('answers as a count of the joined files, imported $name', async ({ order }) => {
    const reports: ImportReport[] = [];
    for (const name of order) reports.push(await home.import(`${data}/olist-sample/olist_${name}.csv.gz`));
    expect(reports.at(-1)).toMatchObject({
      consumers: distinct(csvRows('olist-sample/olist_customers.csv.gz'), 'customer_unique_id'),
      unidentified: 0,
    });
    await agree(home, answers);
    for (const report of reports) await home.undo(report);
    expect((await home.run('aipl-stock', { on: '2018-08-31' })).filter((row) => row.consumers !== 0)).toEqual([]);
  });
});
