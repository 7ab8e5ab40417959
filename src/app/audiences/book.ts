import { namedIn, readRule } from '../../audiences/read.ts';
import { isRelative, type Rule } from '../../audiences/rule.ts';
import { NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import { digest } from '../answers/state.ts';
import { crowdsStateSql } from '../crowds/taxonomies.ts';
import { productVersion } from '../version.ts';
import type { KeptDay } from './days.ts';
import { type StoredAudience, storedColumns, storedTable } from './stored.ts';
import { suppressionState } from './withheld.ts';

/** All that members were found from but the facts: the same ground and the same facts give the same members. */
export interface Ground {
  readonly digest: string;
  /** Whether a consumer is a member depends on others than the consumer, in the rule or in one that it stands on. */
  readonly isRelative: boolean;
}

/** Every audience and its members kept for a day, as the registry has them at a moment. */
export interface Book {
  /** Number of the last change of facts. */
  readonly commit: number;
  stored(which: string | number): StoredAudience;
  /** The members kept for the day, or of a fixed audience at all, whether they are up to date or not. */
  kept(audience: StoredAudience): KeptDay | undefined;
  /** The same where the facts and all else are as they were when they were found. */
  fresh(audience: StoredAudience): KeptDay | undefined;
  ground(audience: StoredAudience): Ground;
}

interface Line extends StoredAudience {
  readonly kept: {
    readonly on: string;
    readonly run: number;
    readonly run_before: number | null;
    readonly commit: number;
    readonly ground: string;
    readonly consumers: number;
  } | null;
  readonly commit: number | null;
  readonly changeable: string;
}

/** Crowds and lists that rules may name, and who asked to be deleted, as they stand. */
const changeable = `concat(${crowdsStateSql}, ' ', (SELECT concat(max(id), ' ', count(*)) FROM id_list), ' ', ${suppressionState})`;

/** Reads the book for the end of a day, in one statement. */
export async function openBook(context: Context, on: string): Promise<Book> {
  const { registry, brands, zone, warehouse } = context;
  const lines = await registry.rows<Line>(
    `SELECT ${storedColumns}, (SELECT state FROM derivation WHERE name = 'commit') AS commit, ${changeable} AS changeable,
      CASE WHEN k.run IS NULL THEN NULL ELSE json_build_object('on', k.on_day, 'run', k.run, 'run_before', k.run_before,
        'commit', k.commit, 'ground', k.ground, 'consumers', k.consumers) END AS kept
    FROM ${storedTable} LEFT JOIN audience_day k
      ON k.audience = a.id AND k.on_day = CASE WHEN a.kind = 'static' THEN last.on_day ELSE $1 END`,
    [on],
  );
  const known = new Map<string | number, Line>(
    lines.flatMap((line) => [[line.name, line] as const, [line.id, line] as const]),
  );
  const commit = lines[0]?.commit ?? 0;
  const workspace = [productVersion, [...brands].sort(), zone, warehouse.holders.length, lines[0]?.changeable ?? ''];
  const stored = (which: string | number): Line => {
    const line = known.get(which);
    if (!line) throw new NotFoundError('audience', say('audience.none', { name: String(which) }));
    return line;
  };
  const ground = (audience: StoredAudience): Ground => {
    const all = [...standingOn(audience, stored)].toSorted((a, b) => a.id - b.id);
    const versions = all.map(({ id, version, rules, kind }) => [id, version, rules, kind]);
    const isSo = ({ kind, rule }: StoredAudience) => kind === 'dynamic' && isRelative(ruleOf(rule));
    return { digest: digest(...workspace, versions), isRelative: all.some(isSo) };
  };
  const kept = ({ id }: StoredAudience): KeptDay | undefined => {
    const { kept: day } = stored(id);
    if (!day) return undefined;
    const { run_before: runBefore, ...rest } = day;
    return { ...rest, runBefore };
  };
  return {
    commit,
    stored,
    kept,
    ground,
    fresh: (audience) => {
      const day = kept(audience);
      return day?.commit === commit && day.ground === ground(audience).digest ? day : undefined;
    },
  };
}

/** An audience and all that its rule stands on. */
function standingOn(
  audience: StoredAudience,
  stored: (name: string) => StoredAudience,
  into = new Set<StoredAudience>(),
): ReadonlySet<StoredAudience> {
  if (into.has(audience)) return into;
  into.add(audience);
  if (audience.kind === 'dynamic')
    for (const name of namedIn(ruleOf(audience.rule))) standingOn(stored(name), stored, into);
  return into;
}

/** Rules read before, by their text. */
const read = new Map<string, Rule>();
const MOST_READ = 1000;

/** A saved rule, read once. */
export function ruleOf(text: string): Rule {
  const rule = read.get(text) ?? readRule(JSON.parse(text));
  if (read.size >= MOST_READ) read.clear();
  read.set(text, rule);
  return rule;
}
