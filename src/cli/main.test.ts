import { expect, test } from 'vitest';
import { analyses } from '../analyses/index.ts';
import { RefusedError, UnavailableError } from '../base/errors.ts';
import { type Called, call, report } from './calling.fixture.ts';

const range = ['--from', '2025-11-01', '--to', '2025-11-11'];
const json = ({ out }: Called): unknown => JSON.parse(out);

const asking: readonly { line: string[]; asked: unknown[] }[] = [
  { line: ['import', 'x', '--preset', 'olist'], asked: ['import', 'x', { preset: 'olist' }] },
  {
    line: ['import', 'x', '--mapping', 'm.yaml', '--source', 'crm', '--strict'],
    asked: ['import', 'x', { mapping: 'm.yaml', source: 'crm', strict: true }],
  },
  { line: ['import', './list'], asked: ['import', './list', {}] },
  { line: ['import', 'list'], asked: ['imports'] },
  { line: ['import', 'undo', '3'], asked: ['undo', 3] },
  { line: ['rejects', 'list', '--import', '3', '--limit', '5'], asked: ['rejects', { import: 3, limit: 5 }] },
  { line: ['rejects', 'replay', '--file', '7', '--from', 'f.csv'], asked: ['replay', { file: 7, from: 'f.csv' }] },
  { line: ['consumer', 'show', 'user:100'], asked: ['consumer', 'user:100'] },
  { line: ['rules', 'list'], asked: ['rules'] },
  { line: ['rules', 'adopt', 'o-5a'], asked: ['adopt', 'o-5a'] },
  { line: ['run', 'fast', ...range], asked: ['run', 'fast', { from: '2025-11-01', to: '2025-11-11' }] },
  {
    line: ['run', 'aipl-stock', '--on', '2025-11-11', '--people', '{"stage":"L"}'],
    asked: ['people', 'aipl-stock', { on: '2025-11-11' }, { stage: 'L' }],
  },
  { line: ['explain', 'aipl-stock'], asked: ['explain', 'aipl-stock', { on: '2025-11-11' }] },
  {
    line: ['explain', 'aipl-stock', '--on', '2024-02-29'],
    asked: ['explain', 'aipl-stock', { on: '2024-02-29' }],
  },
  { line: ['demo', '--size', 'tiny', '--seed', '5'], asked: ['demo', { size: 'tiny', seed: 5 }] },
  { line: ['demo'], asked: ['demo', { size: 'small' }] },
  { line: ['backup', 'b.qcb'], asked: ['backup', 'b.qcb', true] },
  { line: ['backup', 's3://b/k', '--without-key'], asked: ['backup', 's3://b/k', false] },
  { line: ['doctor'], asked: ['doctor'] },
];

test.each(asking)('$line asks the product once, prints JSON to a program and lets the home go', async (row) => {
  const called = await call(row.line);
  expect(called.err).toBe('');
  expect(called.code).toBe(0);
  expect(called.asked[0]).toEqual(row.asked);
  expect(called.asked.at(-1)).toEqual(['close']);
  expect(() => json(called)).not.toThrow();
});

const printing: readonly { line: string[]; json: unknown }[] = [
  { line: ['import', 'x'], json: report },
  { line: ['import', 'undo', '3'], json: { import: 3, files: 2, rows: 100_003 } },
  { line: ['rules', 'adopt', 'o-5a'], json: { adopted: 'o-5a' } },
  { line: ['rules', 'diff', 'default', 'default'], json: [] },
  { line: ['run', 'aipl-stock', '--on', '2025-11-11', '--people', '{}'], json: { consumers: [4, 17] } },
  { line: ['backup', 'b.qcb'], json: { file: 'b.qcb', rows: 12_345, bytes: 2_097_152, key: true } },
  { line: ['doctor'], json: { checks: [{ name: 'key', ok: true, detail: '32 bytes' }] } },
];

test.each(printing)('$line prints the object of the contract', async (row) => {
  expect(json(await call(row.line))).toEqual(row.json);
});

test('run prints the seven fields of the contract', async () => {
  const answer = json(await call(['run', 'fast', ...range]));
  expect(Object.keys(answer as object)).toEqual(['analysis', 'params', 'rows', 'as_of', 'rules', 'sql', 'ms']);
});

test('list prints the whole shelf without opening a home', async () => {
  const called = await call(['list']);
  expect(json(called)).toMatchObject(analyses.map(({ id, origin }) => ({ id, origin })));
  expect(called.asked).toEqual([]);
});

test('explain shows the page and the SQL, and makes no home where there is none', async () => {
  const called = await call(['explain', 'fast', '--home', 'no-such-folder', '--format', 'table', '--lang', 'en']);
  expect(called.asked).toEqual([]);
  expect(called.out).toContain('--from');
  expect(called.out).toContain('## Definition');
  expect(called.out).toContain('FROM stage_spans');
});

test('explain shows the page and the SQL of a home, and makes parameters and columns itself', async () => {
  const { out } = await call(['explain', 'grow', '--format', 'table', '--lang', 'en']);
  expect(out).toContain('--base_from');
  expect(out).toContain('in CNY');
  expect(out).toContain('## Definition\nWhat it is.');
  expect(out).toContain(
    'SQL --from 2025-11-01 --to 2025-11-11 --base_from 2025-11-01 --base_to 2025-11-11\nSELECT stage\n',
  );
  expect(out).not.toContain('hidden');
});

test('explain tells what a question is likely to cost where its parameters are given', async () => {
  const line = ['explain', 'aipl-stock', '--on', '2025-11-11', '--lang', 'en', '--format'];
  expect((await call([...line, 'table'])).out).toContain(
    'Cost 1.5 s to 4 s, reading 2,000,000 rows (3.0 MB on disk), with 256.0 MB of memory (by its last 3 runs)\n',
  );
  expect(json(await call([...line, 'json']))).toMatchObject({ cost: { rows: 2_000_000, origin: 'runs' } });
});

test('people come one a line where a reader asks', async () => {
  const line = ['run', 'aipl-stock', '--on', '2025-11-11', '--people', '{"stage":"L"}', '--format'];
  expect((await call([...line, 'table'])).out).toBe('4\n17\n');
  expect((await call([...line, 'csv'])).out).toBe('consumer\n4\n17\n');
});

test('rows come as CSV under the ids of their columns, the shares as they are', async () => {
  const { out } = await call(['run', 'fast', ...range, '--format', 'csv']);
  expect(out).toBe('metric,value,numerator,denominator\nF,1530,1530,\nA,0.29167,35,120\nS,400,400,\nT,0.25,100,400\n');
});

test('a table is the default on a terminal, and global options may stand before or after the command', async () => {
  expect((await call(['doctor'], { isTTY: true })).out).toContain('32 bytes\n');
  expect((await call(['--format', 'csv', 'doctor'], { isTTY: true })).out).toBe('name,ok,detail\nkey,true,32 bytes\n');
});

const faults: readonly { line: string[]; says: string }[] = [
  { line: ['nothing'], says: 'There is no command nothing.' },
  { line: ['imprt', 'x'], says: 'Did you mean import?' },
  { line: ['import'], says: 'The argument path is missing.' },
  { line: ['import', 'x', 'y'], says: 'Too many arguments.' },
  { line: ['import', 'x', '--fast'], says: 'There is no option --fast here.' },
  { line: ['import', 'undo', 'three'], says: 'ID is "three"; expected: a whole number from 0. [option]' },
  { line: ['list', '--format', 'xml'], says: '--format is xml; expected one of: table, json, csv.' },
  { line: ['run', 'nothing'], says: `On the shelf: ${analyses.map(({ id }) => id).join(', ')}. [analysis]` },
  { line: ['run', 'fast', '--from'], says: 'The option --from needs a value.' },
  { line: ['run', 'fast', '--from', '2025-11-01'], says: '--to is missing: ' },
  { line: ['run', 'fast', ...range, '--days', '3'], says: 'fast has no parameter --days; it has --from, --to, ' },
  { line: ['run', 'fast', ...range, '--to', '2025-11-12'], says: '--to is given more than once; give it once.' },
  {
    line: ['run', 'fast', '--from', '1.11.2025', '--to', '2025-11-11'],
    says: '--from is "1.11.2025"; expected: day YYYY-MM-DD. [params]',
  },
  { line: ['run', 'fast', '--from', '2025-11-11', '--to', '2025-11-01'], says: '--to: ' },
  {
    line: ['run', 'repurchase', '--on', '2025-11-11', '--within-days', 'soon'],
    says: '--within_days is "soon"; expected: whole number 1..3650.',
  },
  { line: ['run', 'aipl-stock', '--on', '2025-11-11', '--people', 'L'], says: '--people takes a JSON object' },
  {
    line: ['run', 'aipl-stock', '--on', '2025-11-11', '--people', '{"x":1}'],
    says: 'the columns are stage, consumers',
  },
];

test.each(faults)('$line is the caller’s fault: told on stderr, exit 2, nothing on stdout', async ({ line, says }) => {
  const called = await call([...line, '--lang', 'en']);
  expect(called.err).toContain(says);
  expect(called.code).toBe(2);
  expect(called.out).toBe('');
});

test('a name with an underscore may be written with a hyphen', async () => {
  for (const flag of ['--within_days', '--within-days'])
    expect((await call(['run', 'repurchase', '--on', '2025-11-11', flag, '90'])).asked[0]).toEqual([
      'run',
      'repurchase',
      { on: '2025-11-11', within_days: 90 },
    ]);
});

const exits: readonly { error: Error; code: number; says: string }[] = [
  { error: new RefusedError('small_group', 'Fewer than 100.'), code: 3, says: 'Fewer than 100. [small_group]\n' },
  { error: new UnavailableError('busy', 'Try later.'), code: 75, says: 'Try later. [busy]\n' },
  { error: new TypeError('oops'), code: 1, says: '[bug]\nTypeError: oops\n    at ' },
];

test.each(exits)('$error.name leaves with $code after the home is released', async ({ error, code, says }) => {
  const called = await call(['doctor'], { changes: { doctor: () => Promise.reject(error) } });
  expect(called.code).toBe(code);
  expect(called.err).toContain(says);
  expect(called.asked).toEqual([['close']]);
});

test('a failed check is exit 1, its finding printed', async () => {
  const checks = [{ name: 'key', ok: false, detail: 'missing' }];
  const called = await call(['doctor'], { changes: { doctor: () => Promise.resolve({ checks }) } });
  expect(called.code).toBe(1);
  expect(json(called)).toEqual({ checks });
});

test('an interruption releases the home and leaves with 130', async () => {
  const controller = new AbortController();
  const importPath = () => {
    controller.abort(130);
    return new Promise<never>(() => {});
  };
  const called = await call(['import', 'x'], { changes: { importPath }, signal: controller.signal });
  expect(called.code).toBe(130);
  expect(called.asked).toEqual([['close']]);
});

test('help is no fault; without a command it is', async () => {
  const asked = await call(['--help']);
  expect([asked.code, asked.err]).toEqual([0, '']);
  const missing = await call([]);
  expect([missing.code, missing.out]).toEqual([2, '']);
  expect(missing.err).toBe(asked.out);
});

const everyCommand = [
  [],
  ['import'],
  ['import', 'list'],
  ['import', 'undo'],
  ['rejects'],
  ['rejects', 'list'],
  ['rejects', 'replay'],
  ['consumer'],
  ['consumer', 'show'],
  ['rules'],
  ['rules', 'list'],
  ['rules', 'show'],
  ['rules', 'diff'],
  ['rules', 'adopt'],
  ['list'],
  ['explain'],
  ['run'],
  ['demo'],
  ['doctor'],
  ...analyses.flatMap(({ id }) => [
    ['run', id],
    ['explain', id],
  ]),
];

test.each(everyCommand)('help of "%s %s" teaches by two examples or more, in both languages', async (...line) => {
  const words = line.filter((word) => word !== undefined);
  for (const lang of ['zh', 'en']) {
    const { out, code } = await call([...words, '--help', '--lang', lang]);
    expect(code).toBe(0);
    expect(out.match(/\$ qiancheng /g)?.length).toBeGreaterThanOrEqual(2);
    expect(out).toContain(lang === 'zh' ? '示例：' : 'Examples:');
  }
});

test.each(['run', 'explain'])('help of %s lists every analysis', async (verb) => {
  const { out } = await call([verb, '--help']);
  for (const { id } of analyses) expect(out).toMatch(new RegExp(`^  ${id} `, 'm'));
});

test.each(analyses.map(({ id, params }) => ({ id, names: Object.keys(params.shape) })))(
  'help of run $id lists each parameter of its schema',
  async ({ id, names }) => {
    const { out } = await call(['run', id, '--help']);
    for (const name of names) expect(out).toMatch(new RegExp(`^  --${name} <value> `, 'm'));
  },
);

test('the language is that asked for, else that of the home, else Chinese', async () => {
  expect((await call(['run', '--help', '--lang=en'])).out).toContain('run one analysis');
  expect((await call(['run', '--help'])).out).toContain('运行一个分析');
  const config = 'locale: en\n';
  expect((await call(['run', '--help'], { config })).out).toContain('run one analysis');
  expect((await call(['run', '--help', '--lang', 'zh'], { config })).out).toContain('运行一个分析');
});

test('help comes even where the configuration of the home has faults', async () => {
  expect((await call(['--help'], { config: 'locale: [' })).code).toBe(0);
});
