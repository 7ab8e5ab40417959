import type { Audience, AudienceKind } from '../../api/audiences.ts';
import { readRule } from '../../audiences/read.ts';
import { sentenceOf } from '../../audiences/rule.ts';
import { NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Registry } from '../../registry/registry.ts';
import { type FromNumber, fromNumberSentence } from './fromNumber.ts';

/** An audience as the registry has it. */
export interface StoredAudience extends Record<string, unknown> {
  readonly id: number;
  readonly name: string;
  readonly kind: AudienceKind;
  /** As it was written, in JSON. */
  readonly rule: string;
  readonly version: number;
  /** `name@version` of the rule set that its stages are of. */
  readonly rules: string;
  /** The day that it is asked for unless another is given; null is the last day the data have. */
  readonly onDay: string | null;
  /** The last day that its members were found for, and how many they were; null before that. */
  readonly lastDay: string | null;
  readonly consumers: number | null;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** Columns of `audience a` with `last`, the last day that its members were found for. */
export const storedColumns = `a.id, a.name, a.kind, a.rule, a.version, a.rules, a.on_day AS "onDay", last.on_day AS "lastDay", last.consumers,
  a.created_at AS "createdAt", a.created_by AS "createdBy"`;

export const storedTable = `audience a LEFT JOIN LATERAL (
  SELECT on_day, consumers FROM audience_day WHERE audience = a.id ORDER BY on_day DESC LIMIT 1) last ON true`;

export function allAudiences(registry: Registry): Promise<StoredAudience[]> {
  return registry.rows<StoredAudience>(`SELECT ${storedColumns} FROM ${storedTable} ORDER BY a.name`);
}

/** An audience by its name or number. */
export async function storedAudience(registry: Registry, which: string | number): Promise<StoredAudience> {
  const by = typeof which === 'number' ? 'id' : 'name';
  const [row] = await registry.rows<StoredAudience>(`SELECT ${storedColumns} FROM ${storedTable} WHERE a.${by} = $1`, [
    which,
  ]);
  if (!row) throw new NotFoundError('audience', say('audience.none', { name: String(which) }));
  return row;
}

/** What is written down of an audience when it is made or changed. */
export type Written = Pick<StoredAudience, 'name' | 'kind' | 'rule' | 'rules' | 'onDay'>;

/** Saves an audience; undefined where its name is taken. */
export async function insertAudience(registry: Registry, written: Written, actor: string): Promise<number | undefined> {
  const { name, kind, rule, rules, onDay } = written;
  return registry.transaction(async (within) => {
    const [row] = await within.rows<{ id: number }>(
      `INSERT INTO audience (name, kind, rule, rules, on_day, created_by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (name) DO NOTHING RETURNING id`,
      [name, kind, rule, rules, onDay, actor],
    );
    if (row) await insertVersion(within, row.id, { version: 1, rule, onDay }, actor);
    return row?.id;
  });
}

/** One version of an audience. */
export async function insertVersion(
  registry: Pick<Registry, 'rows'>,
  audience: number,
  { version, rule, onDay }: Pick<StoredAudience, 'version' | 'rule' | 'onDay'>,
  actor: string,
): Promise<void> {
  await registry.rows(
    'INSERT INTO audience_version (audience, version, rule, on_day, written_by) VALUES ($1, $2, $3, $4, $5)',
    [audience, version, rule, onDay, actor],
  );
}

/** An audience as it is shown in lists: its members as they were last counted. */
export function shown(stored: StoredAudience): Audience {
  const { id, name, kind, rules, version, onDay, lastDay, consumers, createdAt, createdBy } = stored;
  const rule = readRule(JSON.parse(stored.rule));
  const isNumber = rule.kind.name === 'people';
  return {
    id,
    name,
    kind,
    consumers,
    on: lastDay,
    fixed_on: onDay,
    rules,
    version,
    sentence: isNumber ? fromNumberSentence(rule.body as FromNumber) : sentenceOf(rule), // as: the body of its kind
    from_number: isNumber,
    created_at: createdAt,
    created_by: createdBy,
  };
}
