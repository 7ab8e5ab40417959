import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../base/day.ts';
import { ConflictError, InputError } from '../base/errors.ts';
import type { Watch } from '../base/progress.ts';
import { defaultEnd, demoSizes } from '../demo/demo.ts';
import { writeDemo } from '../demo/write.ts';
import type { Context } from '../intake/context.ts';
import { importPath } from './importing.ts';
import type { Installation } from './installation.ts';
import type { ImportReport } from './reports.ts';

export interface DemoLoad {
  readonly loaded: boolean;
  readonly report: ImportReport | undefined;
  /** The period that the report is about. */
  readonly from: string;
  readonly to: string;
}

/** Days of the demo's report, the last of which is the demo's last. */
const PERIOD = 30;
const SOURCE = 'demo';

/** The period worth looking at in the demo brand: its last days. */
export const demoPeriod = { from: addDays(defaultEnd, 1 - PERIOD), to: defaultEnd } as const;

/** Refuses a home that has data other than of a load that was cut short. */
export async function requireFresh(context: Context): Promise<void> {
  if (await isFresh(context)) return;
  throw new ConflictError('demo_not_fresh', {
    zh: '这里已经有数据，没有载入演示品牌：它只载入空的工作区，请另设一个数据目录。',
    en: 'This home has data already; nothing was loaded. The demo brand goes into a home of its own.',
  });
}

async function isFresh({ registry }: Context): Promise<boolean> {
  const imports = await registry.rows<{ source: string | null; status: string }>(
    `SELECT source, status FROM import WHERE status <> 'undone'`,
  );
  return imports.every((each) => each.source === SOURCE && each.status !== 'done');
}

/** Loads the demo brand into a home without data; a load that was cut short goes on. */
export async function loadDemo(
  { home, context }: Installation,
  options: { size: string; seed?: number },
  watch: Watch,
): Promise<DemoLoad> {
  const events = eventsOf(options.size);
  if (!(await isFresh(context))) return { loaded: false, report: undefined, ...demoPeriod };
  const folder = join(home.dir, 'demo');
  rmSync(folder, { recursive: true, force: true });
  const count = (done: number, total: number) => watch({ step: 'demo', done, total, unit: 'rows' });
  await writeDemo(folder, { events, seed: options.seed ?? 1, watch: count });
  try {
    const report = await importPath({ ...context, watch }, folder, { source: SOURCE });
    return { loaded: true, report, ...demoPeriod };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function eventsOf(size: string): number {
  const named = (demoSizes as Readonly<Record<string, number>>)[size];
  const events = named ?? Number(size);
  if (!Number.isInteger(events) || events < 1000 || events > 1_000_000_000)
    throw new InputError(
      'demo_size',
      `${size} is no size: give ${Object.keys(demoSizes).join(', ')}, or a number of events from 1000.`,
    );
  return events;
}
