import { expect, test } from 'vitest';
import { call } from './calling.fixture.ts';
import { widthOf } from './render/width.ts';

const range = ['--from', '2025-11-01', '--to', '2025-11-11'];
const table = ['--format', 'table', '--lang', 'en'];

test('FAST reads as a report: the four in words, beside the period before, and the flow', async () => {
  const { out, asked } = await call(['run', 'fast', ...range, '--brand', 'Q', ...table]);
  expect(out.split('\n').slice(0, 13)).toEqual([
    'FAST  2025-11-01 – 2025-11-11  --brand Q',
    '',
    'F  Operable consumers  1,530  ▲ +30',
    '   held a stage (A I P L) on at least one day',
    'A  Deepening rate      29.2%  ▼ −1.0 pt',
    '   35 rose ÷ 120 in a stage at the start',
    'S  Members               400  =',
    '   members at the end of the period',
    'T  Active members      25.0%  –',
    '   100 active in 30 days ÷ 400 members',
    'compared with 2025-10-21 – 2025-10-31, the period of equal length before',
    '',
    'Start 2025-11-01  each bar: where 100 % of the stage went',
  ]);
  const scope = { brand: 'Q', rules: 'default@1' };
  expect(asked.slice(1, 3)).toEqual([
    ['run', 'fast', { from: '2025-10-21', to: '2025-10-31', ...scope }],
    ['run', 'aipl-flow', { from: '2025-11-01', to: '2025-11-11', ...scope }],
  ]);
});

test('an empty period says no data rather than nought percent', async () => {
  const { out } = await call(['run', 'fast', '--from', '2024-02-28', '--to', '2024-03-01', ...table]);
  expect(out).toMatch(/^T {2}Active members +no data /m);
});

test('demo ends in the FAST report of its period', async () => {
  const { out } = await call(['demo', ...table]);
  expect(out).toContain('The demo brand is loaded.\n\nFAST  2025-11-01 – 2025-11-11\n');
});

test('demo loads nothing into a home with data, says so and reports all the same', async () => {
  const demo = () => Promise.resolve({ loaded: false, report: undefined, from: '2025-11-01', to: '2025-11-11' });
  const { out, code } = await call(['demo', ...table], { changes: { demo } });
  expect(out.startsWith('This home has data already; nothing was loaded.')).toBe(true);
  expect(out).toContain('FAST  2025-11-01 – 2025-11-11\n');
  expect(code).toBe(0);
});

test('an import prints a row a file, what is to be said of files, and the sentence that reconciles', async () => {
  expect((await call(['import', 'x', ...table])).out).toBe(
    `File        Entity  Preset           Read  Accepted  Duplicate  Rejected  Unmapped  Seconds
───────────────────────────────────────────────────────────────────────────────────────────
订单.csv    orders  tmall-orders  100,001   100,000          0         1         1     1.25
cut.csv.gz  events                      5         3          2         0         0      0.1

订单.csv: kept without a rule of their own: 买家留言
cut.csv.gz: The file is cut short.
Import 3.
100,006 read = 100,003 accepted + 2 duplicate + 1 rejected.
The home now has 983 consumers; 2 rows belong to nobody known.
See the rejected rows: qiancheng rejects list --import 3
`,
  );
});

test('a consumer is shown with its identifiers, links, stages, profile and as many moments as asked', async () => {
  const { out } = await call(['consumer', 'show', '17', '--moments', '2', ...table]);
  expect(out).toContain('phone  3fa9…  hashed, shared, links nothing\n');
  expect(out).toContain('user u1  phone 3fa9…  订单.csv  1002     3\n');
  expect(out).toContain('I      2025-11-01  still\n');
  expect(out).toContain('birth_year  1990\n');
  expect(out).toContain('2025-11-02  events  cart  tea\n… and 1 more; --moments 0 shows all.\n');
  expect((await call(['consumer', 'show', '17', '--moments', '0', ...table])).out).toContain('2025-11-03  events');
});

test('rules are shown in words and compared by line', async () => {
  const shown = (await call(['rules', 'show', 'default', ...table])).out;
  expect(shown).toContain(
    'stage L\n  Loyalty\n  paid line: within 365 days, on 2 or more days\n  review: rated 4 or better',
  );
  const compared = (await call(['rules', 'diff', 'default', 'o-5a', ...table])).out;
  expect(compared).toContain('- default@1\n+ o-5a@1\n\norder of stages\n  ~ A < I < P < L → A1 < A2 < A3 < A4 < A5\n');
});

test('nothing to show is said in words', async () => {
  const { out } = await call(['rejects', 'list', ...table], { changes: { rejects: () => Promise.resolve([]) } });
  expect(out).toBe('Nothing to show.\n');
});

test('a terminal sees a picture in the stages’ colours, one with NO_COLOR none', async () => {
  const line = ['run', 'aipl-stock', '--on', '2025-11-11'];
  const seen = await call(line, { isTTY: true });
  expect(seen.out).toContain(`A  \u001b[38;5;158m${'█'.repeat(36)}\u001b[0m 1,200\n`);
  const plain = await call(line, { isTTY: true, env: { NO_COLOR: '1' } });
  expect(plain.out).toContain(`A  ${'█'.repeat(36)} 1,200\n`);
  expect(plain.out).not.toContain('\u001b');
});

test('progress goes to stderr on a terminal and nowhere with --quiet', async () => {
  const seen = await call(['import', 'x', '--lang', 'en'], { isTTY: true });
  expect(seen.err).toContain('who is who');
  expect(seen.err.endsWith('\r\u001b[K')).toBe(true);
  expect((await call(['import', 'x', '--quiet'], { isTTY: true })).err).toBe('');
});

test.each(['zh', 'en'])('reports and shelf stay within 80 columns (%s)', async (lang) => {
  for (const line of [['list'], ['run', 'fast', ...range], ['run', 'aipl-flow', ...range]]) {
    const { out } = await call([...line, '--format', 'table', '--lang', lang]);
    for (const each of out.split('\n')) expect(widthOf(each), each).toBeLessThan(81);
  }
});
