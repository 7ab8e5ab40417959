import { InputError } from '../base/errors.ts';
import type { Registry } from '../registry/registry.ts';

/** One change: who made it, when, and what it was; never a secret or an identifier of a consumer. */
export interface AuditEntry extends Record<string, unknown> {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly detail: unknown;
}

/** Notes a change. `action` is `thing.verb`; `detail` holds names and numbers only, no secret and no identifier. */
export async function writeAudit(
  registry: Registry,
  actor: string,
  action: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await registry.rows('insert into audit (actor, action, detail) values ($1, $2, $3)', [actor, action, detail]);
}

function entryBefore(cursor: string): number {
  const id = Number(cursor);
  if (/^\d{1,15}$/.test(cursor)) return id;
  throw new InputError('cursor', `The cursor ${JSON.stringify(cursor)} is not one that this list gave.`);
}

/** Changes from the latest on; `next` is the cursor of the page after this one. */
export async function auditPage(
  registry: Registry,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: AuditEntry[]; next?: string }> {
  const before = page.cursor === undefined ? null : entryBefore(page.cursor);
  const rows = await registry.rows<AuditEntry>(
    `select id, at, actor, action, detail from audit where $1::bigint is null or id < $1::bigint
      order by id desc limit $2::int`,
    [before, page.limit + 1],
  );
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return rows.length > items.length && last ? { items, next: String(last.id) } : { items };
}
