/** `npm run bench -- --events 10000000 [--only NAME,...] [--repeat N] [--format json] [--record] [--folder DIR]` */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from './clock.ts';
import { measure } from './measure.ts';
import { notesOf, sectionOf, tableOf } from './report.ts';
import type { Bench, Plan, Row, Work } from './work.ts';
import { works } from './works.ts';

interface Options {
  readonly events: number;
  readonly chosen: readonly Work[];
  /** Works, or rows of works, that the command names. */
  readonly only: readonly string[];
  readonly repeat: number;
  readonly json: boolean;
  readonly record: boolean;
  /** Where the data are kept for the next run; absent, they go with this one. */
  readonly folder?: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '1000000' },
      only: { type: 'string', default: '' },
      repeat: { type: 'string', default: '1' },
      format: { type: 'string', default: 'table' },
      record: { type: 'boolean', default: false },
      folder: { type: 'string' },
    },
  });
  if (!['table', 'json'].includes(values.format)) throw new Error(`--format is ${values.format}: give table or json.`);
  const names = values.only.split(',').filter((name) => name !== '');
  for (const name of names)
    if (!works.some((work) => work.name === name.split('/')[0]))
      throw new Error(`There is no work ${name}. The bench has ${works.map((work) => work.name).join(', ')}.`);
  return {
    events: wholeNumber('events', values.events, 10_000),
    chosen: works.filter((work) => names.length === 0 || names.some((name) => name.split('/')[0] === work.name)),
    only: names,
    repeat: wholeNumber('repeat', values.repeat, 1),
    json: values.format === 'json',
    record: values.record,
    ...(values.folder === undefined ? {} : { folder: values.folder }),
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} is ${text}: give a whole number from ${least}.`);
  return value;
}

/** What a run has made and later works read; a kept folder remembers it by a file each. */
function benchOf(plan: Plan, only: readonly string[]): Bench {
  const mark = (side: string) => join(plan.folder, `made-${side.replaceAll('/', '-')}-${plan.events}`);
  const told = async (side: string) => {
    process.stderr.write(`bench: ${side} `);
    const measured = await measure(side, plan);
    process.stderr.write(`${measured.seconds.toFixed(2)} s, peak ${measured.peakMb ?? '?'} MB\n`);
    return measured;
  };
  return {
    plan,
    measure: told,
    wants: (work, row) => only.length === 0 || only.includes(work) || only.includes(`${work}/${row}`),
    once: async (side) => {
      if (existsSync(mark(side))) return;
      await told(side);
      writeFileSync(mark(side), '');
    },
  };
}

/** Of several runs of a work, each of its rows from the run with the median ratio, or median seconds where it has none. */
async function runWork(work: Work, bench: Bench, repeat: number): Promise<Row[]> {
  const runs: Row[][] = [];
  for (let run = 0; run < repeat; run += 1) runs.push(await work.run(bench));
  const figure = (row: Row | undefined) => row?.ratio ?? row?.seconds ?? Number.NaN;
  return (runs[0] ?? []).flatMap((_, i) => {
    const middle = median(runs.map((rows) => figure(rows[i])));
    return runs.find((rows) => Object.is(figure(rows[i]), middle))?.[i] ?? [];
  });
}

async function run({ events, chosen, only, repeat, json, record, folder: kept }: Options): Promise<void> {
  if (kept) mkdirSync(kept, { recursive: true });
  const plan: Plan = { events, folder: kept ?? mkdtempSync(join(tmpdir(), 'qiancheng-bench-')) };
  const bench = benchOf(plan, only);
  const clear = () => {
    if (!kept) rmSync(plan.folder, { recursive: true, force: true });
  };
  process.once('SIGINT', () => {
    clear();
    process.exit(130);
  });
  const rows: Row[] = [];
  try {
    for (const work of chosen) rows.push(...(await runWork(work, bench, repeat)));
  } finally {
    clear();
  }
  console.log(json ? JSON.stringify(rows) : `${tableOf(rows)}\n\n${notesOf(rows)}`);
  if (record) appendFileSync(new URL('./RESULTS.md', import.meta.url), sectionOf(rows, new Date()));
}

try {
  await run(readOptions());
} catch (error) {
  process.stderr.write(`\nbench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
