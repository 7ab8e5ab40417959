import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { addDays, dayIn } from '../../base/day.ts';
import { NotFoundError } from '../../base/errors.ts';
import { readBack } from '../../base/faults/say.ts';
import { CancelledError } from '../../base/progress.ts';
import type { Text } from '../../base/text.ts';
import type { Context } from '../../intake/context.ts';
import type { HomeFolder } from '../home.ts';
import type { Tools, Work } from '../jobs/job.ts';
import { beforeOf, type Page, type PageOf, pageFrom } from '../page.ts';
import { type Courier, deliver, letterOf } from './delivery.ts';
import { type Ask, type FastReport, fastReport } from './fastReport.ts';
import type { Schedule, Schedules } from './schedules.ts';
import { reportWorkbook } from './workbook.ts';

/** A report as it was made at a moment; `delivery` says what came of its letter, null where none is sent (yet). */
export interface ReportRun extends Record<string, unknown> {
  readonly id: number;
  readonly schedule: number;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly status: 'done' | 'failed';
  readonly delivery: string | null;
  readonly deliveryText?: Text;
}

export const runParams = z.object({
  schedule: z.int(),
  /** When it was asked for: the period ends the day before. */
  at: z.string(),
  /** Number that an earlier start of the job gave it. */
  run: z.int().optional(),
});
type Params = z.output<typeof runParams>;

const columns = `id, schedule_id AS schedule, at, period_from AS "from", period_to AS "to", status, delivery`;

function inWords(run: ReportRun): ReportRun {
  const deliveryText = run.delivery === null ? undefined : readBack(run.delivery);
  return deliveryText ? { ...run, deliveryText } : run;
}

export interface RunsOptions {
  readonly context: Context;
  readonly home: HomeFolder;
  readonly schedules: Schedules;
  readonly ask: Ask;
  readonly courier: Courier;
}

/** What was made of schedules: books in the registry, files in the home. */
export class Runs {
  readonly #options: RunsOptions;

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  /** The work of a job that makes a report; started again, it goes on with the run it had begun. */
  readonly work: Work = async (params, tools) => this.#run(runParams.parse(params), tools);

  async list(schedule: number, page: PageOf): Promise<Page<ReportRun>> {
    await this.#options.schedules.get(schedule);
    const rows = await this.#rows<ReportRun>(
      `SELECT ${columns} FROM report_run WHERE schedule_id = $1 AND ($2::int IS NULL OR id < $2::int) ORDER BY id DESC LIMIT $3::int`,
      [schedule, beforeOf(page), page.limit + 1],
    );
    return pageFrom(rows.map(inWords), page);
  }

  async file(id: number, format: 'json' | 'xlsx'): Promise<Buffer> {
    const run = await this.#find(id);
    if (run?.status !== 'done')
      throw new NotFoundError('report_run', `There is no report ${id}: see the runs of its schedule.`);
    return (await this.#onDisk(id, format)) ?? this.#anew(id, format);
  }

  /** A file of a report; undefined where another server made it, on whose disk it lies. */
  async #onDisk(id: number, format: 'json' | 'xlsx'): Promise<Buffer | undefined> {
    try {
      return await readFile(join(this.#folder(id), `report.${format}`));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #anew(id: number, format: 'json' | 'xlsx'): Promise<Buffer> {
    const { context, home } = this.#options;
    const [row] = await this.#rows<{ report: FastReport | null }>('SELECT report FROM report_run WHERE id = $1', [id]);
    if (!row?.report)
      throw new NotFoundError(
        'report_file',
        `The files of report ${id} are gone, or lie on another server: make it again.`,
      );
    if (format === 'json') return Buffer.from(JSON.stringify(row.report));
    return reportWorkbook(context, row.report, home.config.locale);
  }

  async forget(runs: readonly number[]): Promise<void> {
    for (const id of runs) await rm(this.#folder(id), { recursive: true, force: true });
  }

  async #run(params: Params, tools: Tools): Promise<ReportRun> {
    const schedule = await this.#options.schedules.get(params.schedule);
    const id = params.run ?? (await this.#number());
    await tools.remember({ run: id });
    if (!(await this.#find(id))) await this.#make(id, schedule, params.at);
    await this.#send(id, schedule);
    const run = await this.#find(id);
    if (!run) throw new NotFoundError('report_run', `Schedule ${schedule.id} was removed while its report was made.`);
    const sent = run.delivery === null || run.delivery.startsWith('delivered');
    await this.#note(schedule, params.at, sent ? 'done' : 'undelivered');
    return run;
  }

  async #make(id: number, schedule: Schedule, at: string): Promise<void> {
    const { context, home, ask } = this.#options;
    const to = addDays(dayIn(context.zone, new Date(at)), -1);
    const period = { from: addDays(to, 1 - schedule.days), to };
    const book = (status: ReportRun['status'], made: FastReport | null) =>
      this.#rows(
        'INSERT INTO report_run (id, schedule_id, at, period_from, period_to, status, report) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, schedule.id, at, period.from, period.to, status, made],
      );
    let report: FastReport;
    try {
      report = await fastReport(ask, period);
      await this.#write(id, report, await reportWorkbook(context, report, home.config.locale));
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      await book('failed', null);
      await this.#note(schedule, at, 'failed');
      throw error;
    }
    await book('done', report);
  }

  /** Both files or none. */
  async #write(id: number, report: FastReport, workbook: Buffer): Promise<void> {
    const folder = this.#folder(id);
    const fresh = `${folder}.new`;
    await this.forget([id]);
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true, mode: 0o700 });
    await writeFile(join(fresh, 'report.json'), JSON.stringify(report));
    await writeFile(join(fresh, 'report.xlsx'), workbook);
    await rename(fresh, folder);
  }

  async #send(id: number, { id: schedule, name }: Schedule): Promise<void> {
    const { schedules, courier } = this.#options;
    const webhook = await schedules.webhook(schedule);
    const run = await this.#find(id);
    if (!webhook || !run || run.delivery !== null) return;
    const report = JSON.parse((await this.file(id, 'json')).toString('utf8')) as FastReport;
    const told = await deliver(webhook, letterOf(report, { name, run: id }), courier);
    await this.#rows('UPDATE report_run SET delivery = $2 WHERE id = $1', [id, told]);
  }

  async #note({ id }: Schedule, at: string, status: string): Promise<void> {
    await this.#rows('UPDATE schedule SET last_at = $2, last_status = $3 WHERE id = $1', [id, at, status]);
  }

  async #number(): Promise<number> {
    const [row] = await this.#rows<{ id: number }>(`SELECT nextval(pg_get_serial_sequence('report_run', 'id')) AS id`);
    if (!row) throw new Error('the registry gave no number');
    return row.id;
  }

  async #find(id: number): Promise<ReportRun | undefined> {
    const [row] = await this.#rows<ReportRun>(`SELECT ${columns} FROM report_run WHERE id = $1`, [id]);
    return row;
  }

  #folder(id: number): string {
    return join(this.#options.home.dir, 'reports', String(id));
  }

  #rows<R extends Record<string, unknown>>(text: string, params: readonly unknown[] = []): Promise<R[]> {
    return this.#options.context.registry.rows<R>(text, params);
  }
}
