import { randomBytes } from 'node:crypto';
import { Cron } from 'croner';
import type { z } from 'zod';
import { writeAudit } from '../../accounts/audit.ts';
import type { newSchedule } from '../../api/reports.ts';
import { InputError, NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { seal, unseal } from '../../intake/seal.ts';
import type { Registry } from '../../registry/registry.ts';
import { beforeOf, type Page, type PageOf, pageFrom } from '../page.ts';

export type NewSchedule = z.output<typeof newSchedule>;

/** A report that is made again and again. */
export interface Schedule {
  readonly id: number;
  readonly name: string;
  readonly cron: string;
  readonly days: number;
  /** Without its query, which may hold a secret; the host alone for who may not change it. */
  readonly webhook: string | null;
  readonly enabled: boolean;
  readonly createdBy: string;
  readonly nextAt: string | null;
  readonly lastAt: string | null;
  readonly lastStatus: string | null;
}

/** Where the letters of a schedule go, and what signs them. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

interface Stored extends Record<string, unknown>, Omit<Schedule, 'webhook'> {
  readonly webhook: string | null;
  readonly secret: string | null;
}

const columns = `id, name, cron, days, webhook, secret, enabled, created_by AS "createdBy", next_at AS "nextAt",
  last_at AS "lastAt", last_status AS "lastStatus"`;

/** The books of schedules: addresses and secrets lie sealed in them. */
export class Schedules {
  readonly #registry: Registry;
  readonly #zone: string;
  readonly #key: string;

  constructor(registry: Registry, zone: string, key: string) {
    this.#registry = registry;
    this.#zone = zone;
    this.#key = key;
  }

  /** When a cron comes next after a moment; refused when it is none of five fields, or never comes. */
  next(cron: string, after: Date): string {
    const next = cron.trim().split(/\s+/).length === 5 ? nextOf(cron.trim(), this.#zone, after) : undefined;
    if (next) return next.toISOString();
    throw new InputError('cron', say('schedule.cron', { cron: JSON.stringify(cron) }));
  }

  async add(actor: string, given: NewSchedule, now: Date): Promise<{ schedule: Schedule; secret: string | null }> {
    const { name, cron, days, webhook, enabled } = given;
    const next = this.next(cron, now);
    const secret = webhook === null ? null : `whs_${randomBytes(32).toString('base64url')}`;
    const sealed = [webhook, secret].map((text) => (text === null ? null : seal(text, this.#key)));
    return this.#registry.transaction(async (within) => {
      const [row] = await within.rows<Stored>(
        `INSERT INTO schedule (name, cron, days, webhook, secret, enabled, created_by, created_at, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${columns}`,
        [name, cron.trim(), days, ...sealed, enabled, actor, now, enabled ? next : null],
      );
      if (!row) throw new Error('the registry gave no schedule');
      await writeAudit(within, actor, 'schedule.add', { id: row.id, name, cron, days, webhook: webhook !== null });
      return { schedule: this.#shown(row, true), secret };
    });
  }

  async list(page: PageOf, changes: boolean): Promise<Page<Schedule>> {
    const rows = await this.#registry.rows<Stored>(
      `SELECT ${columns} FROM schedule WHERE $1::int IS NULL OR id < $1::int ORDER BY id DESC LIMIT $2::int`,
      [beforeOf(page), page.limit + 1],
    );
    return pageFrom(
      rows.map((row) => this.#shown(row, changes)),
      page,
    );
  }

  async get(id: number): Promise<Schedule> {
    return this.#shown(await this.#stored(id), false);
  }

  async webhook(id: number): Promise<Webhook | undefined> {
    const { webhook, secret } = await this.#stored(id);
    if (webhook === null || secret === null) return undefined;
    return { url: unseal(webhook, this.#key), secret: unseal(secret, this.#key) };
  }

  /** Switched on, it comes next after now; what it missed while off is not made up for. */
  async enable(actor: string, id: number, enabled: boolean, now: Date): Promise<Schedule> {
    const { cron } = await this.#stored(id);
    const next = enabled ? this.next(cron, now) : null;
    return this.#registry.transaction(async (within) => {
      const [row] = await within.rows<Stored>(
        `UPDATE schedule SET enabled = $2, next_at = $3 WHERE id = $1 RETURNING ${columns}`,
        [id, enabled, next],
      );
      if (!row) throw unknown(id);
      await writeAudit(within, actor, 'schedule.change', { id, enabled });
      return this.#shown(row, true);
    });
  }

  /** Removes a schedule and its runs; gives the numbers of the runs, whose files are then nobody's. */
  async remove(actor: string, id: number): Promise<number[]> {
    return this.#registry.transaction(async (within) => {
      const runs = await within.rows<{ id: number }>('SELECT id FROM report_run WHERE schedule_id = $1', [id]);
      const gone = await within.rows('DELETE FROM schedule WHERE id = $1 RETURNING id', [id]);
      if (gone.length === 0) throw unknown(id);
      await writeAudit(within, actor, 'schedule.remove', { id });
      return runs.map((run) => run.id);
    });
  }

  /** Takes what is due, each once however many times were missed, and sets when it comes next. */
  async takeDue(now: Date): Promise<Schedule[]> {
    const due = await this.#registry.rows<Stored>(
      `SELECT ${columns} FROM schedule WHERE enabled AND next_at <= $1 ORDER BY next_at, id`,
      [now],
    );
    const taken: Schedule[] = [];
    for (const row of due) {
      const claimed = await this.#registry.rows(
        'UPDATE schedule SET next_at = $3 WHERE id = $1 AND enabled AND next_at = $2 RETURNING id',
        [row.id, row.nextAt, this.next(row.cron, now)],
      );
      if (claimed.length > 0) taken.push(this.#shown(row, false));
    }
    return taken;
  }

  async #stored(id: number): Promise<Stored> {
    const [row] = await this.#registry.rows<Stored>(`SELECT ${columns} FROM schedule WHERE id = $1`, [id]);
    if (!row) throw unknown(id);
    return row;
  }

  #shown({ secret: _, webhook, ...row }: Stored, changes: boolean): Schedule {
    if (webhook === null) return { ...row, webhook };
    const { origin, pathname } = new URL(unseal(webhook, this.#key));
    return { ...row, webhook: changes ? `${origin}${pathname}` : origin };
  }
}

function nextOf(cron: string, timezone: string, after: Date): Date | undefined {
  try {
    return new Cron(cron, { timezone, paused: true }).nextRun(after) ?? undefined;
  } catch {
    return undefined;
  }
}

function unknown(id: number): NotFoundError {
  return new NotFoundError('schedule', `There is no schedule ${id}: see the list of schedules.`);
}
