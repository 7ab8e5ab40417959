import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyses } from '../analyses/index.ts';
import type { AudienceShown } from '../api/audiences.ts';
import type { CrowdTaxonomy } from '../api/crowds.ts';
import type { Cut, LinkReport } from '../api/links.ts';
import type { IdList } from '../api/lists.ts';
import type { Lookalike } from '../api/lookalikes.ts';
import type { Push } from '../api/pushes.ts';
import type { Answer, ImportReport } from '../app/reports.ts';
import { defaultRules } from '../model/rules/default.ts';
import { o5aRules } from '../model/rules/o5a.ts';
import { main } from './main.ts';
import type { Product, Row } from './product.ts';

/** A report of two files, one of them with a reject and a message. */
export const report: ImportReport = {
  import: 3,
  consumers: 983,
  unidentified: 2,
  files: [
    {
      file: '订单.csv',
      entity: 'orders',
      preset: 'tmall-orders',
      read: 100_001,
      accepted: 100_000,
      duplicate: 0,
      rejected: 1,
      unmapped_columns: 1,
      seconds: 1.25,
      unmapped: ['买家留言'],
    },
    {
      file: 'cut.csv.gz',
      entity: 'events',
      preset: '',
      read: 5,
      accepted: 3,
      duplicate: 2,
      rejected: 0,
      unmapped_columns: 0,
      seconds: 0.1,
      unmapped: [],
      message: 'The file is cut short.',
    },
  ],
};

const flow = (from: string, to: string, consumers: number) => ({ from_stage: from, to_stage: to, consumers });

const rowsOf: Readonly<Record<string, readonly Row[]>> = {
  'aipl-stock': [
    { stage: 'A', consumers: 1200 },
    { stage: 'I', consumers: 300 },
    { stage: 'P', consumers: 30 },
    { stage: 'L', consumers: 0 },
  ],
  'aipl-flow': [
    flow('A', 'A', 60),
    flow('A', 'I', 30),
    flow('A', 'none', 10),
    flow('I', 'P', 5),
    flow('I', 'A', 15),
    flow('P', 'P', 8),
    flow('L', 'L', 2),
    flow('none', 'A', 40),
  ],
};

const fastNow = [
  { metric: 'F', value: 1530, numerator: 1530, denominator: null },
  { metric: 'A', value: 0.29167, numerator: 35, denominator: 120 },
  { metric: 'S', value: 400, numerator: 400, denominator: null },
  { metric: 'T', value: 0.25, numerator: 100, denominator: 400 },
];
const fastThen = [
  { metric: 'F', value: 1500, numerator: 1500, denominator: null },
  { metric: 'A', value: 0.30167, numerator: 30, denominator: 100 },
  { metric: 'S', value: 400, numerator: 400, denominator: null },
  { metric: 'T', value: null, numerator: 0, denominator: 0 },
];

function answerOf(analysis: string, params: Row): Answer {
  const fast = params.to === '2025-11-11' ? fastNow : fastThen;
  const rows = analysis === 'fast' ? fast : (rowsOf[analysis] ?? []);
  return { analysis, params, rows, as_of: 'import 3', rules: 'default@1', sql: 'SELECT 1', ms: 12 };
}

const seen = { source: 'crm', file: '会员.csv', line: 12, first_seen: '2026-06-01T00:00:00.000Z' };

function linkReport(withChain: boolean): LinkReport {
  const chain = [{ from: 'user:u1', to: 'phone:3fa9', ...seen }];
  return {
    consumer: 17,
    identifiers: [
      { name: 'user:u1', personal: false, shared: false, cut: false },
      { name: 'phone:3fa9', personal: true, shared: false, cut: true },
    ],
    cards: [{ identifiers: ['user:u1', 'phone:3fa9'], linking: ['user:u1'], ...seen, rows: 3 }],
    more: 1000,
    chain: withChain ? chain : null,
  };
}

const cut: Cut = {
  id: 3,
  kind: 'identifier',
  identifiers: ['phone:3fa9'],
  source: null,
  from: null,
  note: 'shop telephone',
  made_by: 'li',
  made_at: '2026-07-01T00:00:00.000Z',
  lifted_at: null,
};

const idList: IdList = {
  ...{ id: 1, name: 'vip', id_type: 'phone', form: 'plain', given: 1200, usable: 1100, matched: 900, consumers: 899 },
  ...{ created_at: '2026-07-15T00:00:00.000Z', created_by: 'terminal' },
};

const lookalike: Lookalike = {
  ...{ id: 1, seed: 'buyers', on: '2026-06-30', features_on: '2026-06-23', rules: 'default@1', exclude: [] },
  ...{ seeds: 1200, cold: 34, others: 56_789, created_at: '2026-07-15T00:00:00.000Z', created_by: 'terminal' },
  report: {
    ...{ trained: 4800, held_out: 1200, held_out_seeds: 240, labelled: 0.25 },
    auc: { auc: 0.81, low: 0.78, high: 0.84 },
    signal: true,
    lift: [{ part: 0.05, lift: 3.5 }],
    calibration: [{ predicted: 0.02, found: 0.021, consumers: 5799 }],
    curve: [{ part: 0.1, consumers: 5679, caught: 0.4, density: 0.08, alike: 0.31 }],
    features: [{ zh: '近期有过「加购」', en: 'A recent “Added to cart”', data: [], weight: 0.9 }],
  },
};

const taxonomy: CrowdTaxonomy = {
  name: 'eight',
  version: 1,
  origin: 'proposed',
  title: { zh: '八大策略人群', en: 'Eight strategic crowds' },
  crowds: [
    {
      id: 'z_era',
      title: { zh: 'Z世代', en: 'Generation Z' },
      rule: { age: { min: 18, max: 24 } },
      sentence: { zh: '年龄 18 到 24 岁', en: 'aged 18 to 24' },
    },
  ],
};

const audience: AudienceShown = {
  id: 1,
  name: 'carted',
  kind: 'dynamic',
  consumers: 12_345,
  on: '2026-06-30',
  fixed_on: null,
  rules: 'default@1',
  version: 1,
  created_at: '2026-07-15T00:00:00.000Z',
  created_by: 'terminal',
  rule: { did: { behavior: ['cart'] } },
  sentence: { zh: '迄今有加购至少 1 次', en: 'cart at least 1 times ever' },
  first_day: null,
  from_number: false,
};

const suppressed = { id: 1, identifier: 'phone:5f1c', made_by: 'terminal', made_at: '2026-07-15T00:00:00.000Z' };

const push: Push = {
  ...{ id: 1, name: 'june', audience: 'carted', destination: 'hand', kind: 'file', identifiers: ['phone:md5'] },
  ...{
    holdout: 0.1,
    minimum: 100,
    cap: null,
    purpose: null,
    exclude: [],
    trigger: 'manual',
    cron: null,
    enabled: true,
  },
  ...{ next_at: null, remote: {}, last: null, created_at: '2026-07-15T00:00:00.000Z', created_by: 'terminal' },
};

const counts = {
  ...{ audience: 1300, excluded: 0, suppressed: 1, consent: 2, control: 129, capped: 0, unreachable: 3 },
  ...{ treated: 1165, add: 1165, remove: 0 },
};

/** Pushes without a home. */
const fakePushing = (note: <T>(answer: T, ...words: unknown[]) => Promise<T>): Product['pushing'] => {
  const destination = {
    ...{ id: 1, name: 'hand', kind: 'file', settings: {}, secrets: [], pushes: 1 },
    ...{ created_at: '2026-07-15T00:00:00.000Z', created_by: 'terminal' },
  };
  return {
    kinds: () => [],
    destinations: () => note([destination], 'destinations'),
    addDestination: (given) =>
      note(
        { destination: { ...destination, name: given.name }, made: { secret: 'whs_0123' } },
        'addDestination',
        given,
      ),
    removeDestination: (name) => note(undefined, 'removeDestination', name),
    list: () => note([push], 'pushes'),
    show: (name) => note({ ...push, name }, 'push', name),
    create: (given) => note({ ...push, name: given.name }, 'createPush', given),
    remove: (name) => note(undefined, 'removePush', name),
    preview: (name, on) => note({ on: on ?? '2026-06-30', counts, enough: true }, 'previewPush', name, on),
    run: (name, asked) =>
      note(
        {
          ...{ id: 3, push: 1, state: 'done' as const, on: '2026-06-30', counts, delivered: 1165, refused: 0 },
          ...{ batches: 1, batches_done: 1, error: null, started_by: 'terminal' },
          ...{ started_at: '2026-07-15T00:00:00.000Z', finished_at: '2026-07-15T00:00:01.000Z' },
        },
        'runPush',
        name,
        asked,
      ),
    log: (name, query) => note({ items: [] }, 'pushLog', name, query),
    file: (name, asked) => note({ body: ['operation,phone_md5\n'] }, 'pushFile', name, asked),
  };
};

/** A product without a home: it writes down what it is asked and gives the answers above. */
export function fakeProduct(asked: unknown[] = [], changes: Partial<Product> = {}): Product {
  const note = <T>(answer: T, ...words: unknown[]): Promise<T> => {
    asked.push(words);
    return Promise.resolve(answer);
  };
  return {
    audiences: () => note([audience], 'audiences'),
    audience: (name) => note({ ...audience, name }, 'audience', name),
    createAudience: (given) => note({ ...audience, name: given.name, rule: given.rule }, 'createAudience', given),
    removeAudience: (name) => note(undefined, 'removeAudience', name),
    explainRule: (given) =>
      note(
        {
          on: '2026-06-30',
          consumers: 12_345,
          sentence: audience.sentence,
          conditions: [{ place: [], sentence: audience.sentence, consumers: 12_345, remaining: null }],
        },
        'explainRule',
        given,
      ),
    changeAudience: (id, change) => note({ ...audience, id, version: 2 }, 'changeAudience', id, change),
    audienceHistory: (id, given) =>
      note([{ on: '2026-06-30', consumers: 12_345, entered: 20, left: 10 }], 'audienceHistory', id, given),
    audienceDecay: (id, given) =>
      note(
        {
          ...{ on: '2026-06-30', consumers: 12_345 },
          ages: [
            { age: 30, on: '2026-05-31', members: 200, stayed: 50, rate: 0.25, low: 0.195, high: 0.314, bought: 20 },
          ],
        },
        'audienceDecay',
        id,
        given,
      ),
    countAudience: (given) => note({ consumers: 12_345, on: '2026-06-30' }, 'countAudience', given),
    audienceMembers: (name, on) => note([{ consumer: 17, type: 'user', value: 'u1' }], 'audienceMembers', name, on),
    crowds: () => note([taxonomy], 'crowds'),
    crowdTaxonomy: (key) => note(taxonomy, 'crowdTaxonomy', key),
    putCrowds: (given) => note(taxonomy, 'putCrowds', given),
    trainLookalike: (given) => note(lookalike, 'trainLookalike', given),
    lookalikes: () => note([lookalike], 'lookalikes'),
    lookalike: (id) => note(lookalike, 'lookalike', id),
    removeLookalike: (id) => note(undefined, 'removeLookalike', id),
    uploadList: (path, given) => note(idList, 'uploadList', path, given),
    idLists: () => note([idList], 'idLists'),
    removeList: (name) => note(undefined, 'removeList', name),
    cityTiers: () => note({ 上海: 1 }, 'cityTiers'),
    putCityTiers: (tiers) => note(tiers, 'putCityTiers', tiers),
    pushing: fakePushing(note),
    suppress: (identifier) => note({ ...suppressed, identifier }, 'suppress', identifier),
    unsuppress: (id) => note(undefined, 'unsuppress', id),
    suppressions: () => note([suppressed], 'suppressions'),
    addSource: (name) => note({ name, key: 'qw_0123' }, 'addSource', name),
    sources: () =>
      note(
        [
          {
            ...{ name: 'web', enabled: true, per_second: null, last_at: '2026-07-15T00:00:00.000Z' },
            ...{ accepted: 12_345, duplicate: 6, rejected: 7 },
          },
        ],
        'sources',
      ),
    backup: ({ to, withKey }) =>
      note({ file: to, rows: 12_345, bytes: 2_097_152, key: withKey }, 'backup', to, withKey),
    addKey: (name, role) => note({ name, key: 'qk_0123' }, 'addKey', name, role),
    importPath: (path, options, watch) => {
      watch({ step: 'identity', done: 1, total: 2, unit: 'rows' });
      return note(report, 'import', path, options);
    },
    undoImport: (id) => note({ import: id, files: 2, rows: 100_003 }, 'undo', id),
    imports: () => note([{ id: 3, path: 'exports', read: 100_006 }], 'imports'),
    rejects: (filter) =>
      note(
        [{ file: '订单.csv', file_id: 7, line: 1234, column: 'amount', reason: 'number', raw: 'a,"b"\n1', at: 'now' }],
        'rejects',
        filter,
      ),
    replayRejects: (options) => note(report, 'replay', options),
    consumer: (id) =>
      note(
        {
          consumer: Number(id),
          identifiers: [
            { type: 'user', value: 'u1', personal: false, shared: false },
            { type: 'phone', value: '3fa9…', personal: true, shared: true },
          ],
          links: [{ left: 'user u1', right: 'phone 3fa9…', file: '订单.csv', line: 1002, rows: 3 }],
          timeline: [1, 2, 3].map((day) => ({ at: `2025-11-0${day}`, entity: 'events', what: 'cart', detail: 'tea' })),
          profile: { birth_year: 1990 },
          stages: [{ stage: 'I', from: '2025-11-01', to: null }],
        },
        'consumer',
        id,
      ),
    explainLink: (id, to) => note(linkReport(to !== undefined), 'explainLink', id, to),
    cuts: () => note([cut, { ...cut, id: 2, kind: 'time', identifiers: [], from: '2026-06-01T00:00:00.000Z' }], 'cuts'),
    previewCut: (asked) => note({ before: 1, after: 2, rows: 1234 }, 'previewCut', asked),
    cutLink: (asked) => note(cut, 'cutLink', asked),
    liftCut: (id) => note({ ...cut, id }, 'liftCut', id),
    rules: () =>
      note(
        [{ name: 'default', version: 1, origin: 'published', title: { zh: 'AIPL', en: 'AIPL' }, adopted: true }],
        'rules',
      ),
    ruleSet: (key) => Promise.resolve(key.startsWith('o-5a') ? o5aRules : defaultRules),
    adoptRules: (key) => note(undefined, 'adopt', key),
    analyses,
    run: (id, params) => note(answerOf(id, params), 'run', id, params),
    people: (id, params, row) => note([4, 17], 'people', id, params, row),
    dataState: () =>
      note(
        {
          version: 'v1',
          as_of: '2025-11-12T00:00:00.000Z',
          firstDay: '2025-10-01',
          lastDay: '2025-11-11',
          consumers: 983,
          rules: 'default@1',
          entities: [],
          brands: [],
          categories: [],
          categoryNames: {},
        },
        'dataState',
      ),
    cost: async () => ({
      ...{ rows: 2_000_000, bytes: 3 * 1024 ** 2, memory: 256 * 1024 ** 2, seconds: { from: 1.5, to: 4 } },
      ...{ first: 0, origin: 'runs', runs: 3, heavy: false },
    }),
    explain: (id, params) =>
      note(
        { sql: 'SELECT stage', doc: `# ${id}\n\n## Definition\nWhat it is.\n\n## Parameters\nhidden\n` },
        'explain',
        id,
        params,
      ),
    demo: (options) => note({ loaded: true, report, from: '2025-11-01', to: '2025-11-11' }, 'demo', options),
    doctor: () => note({ checks: [{ name: 'key', ok: true, detail: '32 bytes' }] }, 'doctor'),
    config: { zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh' },
    close: () => note(undefined, 'close'),
    ...changes,
  };
}

/** What a call of the program left behind. */
export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What the product was asked, in order; `close` last. */
  readonly asked: readonly unknown[];
}

interface Around {
  readonly isTTY?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  readonly changes?: Partial<Product>;
  readonly signal?: AbortSignal;
  /** Text of the home's config.yaml. */
  readonly config?: string;
}

/** Runs one command line in process, over a fake product and an empty folder for a home. */
export async function call(argv: readonly string[], around: Around = {}): Promise<Called> {
  const home = mkdtempSync(join(tmpdir(), 'qiancheng-cli-'));
  if (around.config !== undefined) writeFileSync(join(home, 'config.yaml'), around.config);
  const asked: unknown[] = [];
  let out = '';
  let err = '';
  try {
    const isTTY = around.isTTY ?? false;
    const code = await main(argv, {
      stdout: { write: (text) => (out += text), isTTY },
      stderr: { write: (text) => (err += text), isTTY },
      env: { QIANCHENG_HOME: home, ...around.env },
      now: () => new Date(0),
      signal: around.signal ?? new AbortController().signal,
      openProduct: () => Promise.resolve(fakeProduct(asked, around.changes)),
      startServer: () => Promise.reject(new Error('not in this test')),
    });
    return { code, out, err, asked };
  } finally {
    rmSync(home, { recursive: true });
  }
}
