import { createHash } from 'node:crypto';
import { NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import { suppressionState } from '../audiences/withheld.ts';
import { crowdsStateSql } from '../crowds/taxonomies.ts';
import { productVersion } from '../version.ts';

interface KnownSet extends Record<string, unknown> {
  readonly name: string;
  readonly version: number;
  readonly adopted: boolean;
}

/** What every answer stands on at a moment, read from the registry in one statement. */
export interface State {
  /** Changes with every change of facts, of the adopted rules, of the workspace's brands, of audiences, of pushes, of crowds, and of the product. */
  readonly version: string;
  /** The same, whatever audiences, pushes and crowds there are: all that a question stands on that names none of them. */
  readonly facts: string;
  /** Moment of the last file taken or taken back; `no data` in an empty home. */
  readonly as_of: string;
  /** Rule sets of the home. */
  readonly sets: readonly KnownSet[];
}

/** A short name of what the words say, the same for the same words only. */
export function digest(...words: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 22);
}

export async function readState({ registry, brands, zone }: Context): Promise<State> {
  const sets = await registry.rows<
    KnownSet & {
      commit: number | null;
      as_of: string | null;
      audiences: string | null;
      suppressed: string;
      pushes: string;
      crowds: string;
    }
  >(
    `SELECT name, version, adopted, (SELECT state FROM derivation WHERE name = 'commit') AS commit,
      greatest((SELECT max(finished_at) FROM import_file), (SELECT max(undone_at) FROM import)) AS as_of,
      (SELECT md5(string_agg(concat(id, ' ', version, ' ', name), ',' ORDER BY id)) FROM audience) AS audiences,
      ${suppressionState} AS suppressed,
      (SELECT concat(max(id), ' ', count(*), ' ', max(finished_at)) FROM push_run) AS pushes, ${crowdsStateSql} AS crowds
    FROM rule_set ORDER BY name, version`,
  );
  const { commit = 0, as_of: last, audiences = '', suppressed = '', pushes = '', crowds = '' } = sets[0] ?? {};
  const as_of = last ?? 'no data';
  const adopted = sets.find((each) => each.adopted);
  const rules = adopted ? [adopted.name, adopted.version] : '';
  const facts = digest(productVersion, commit ?? 0, as_of, rules, [...brands].sort(), zone);
  return {
    version: digest(facts, audiences, suppressed, pushes, crowds),
    facts,
    as_of,
    sets: sets.map(({ name, version, adopted: isAdopted }) => ({ name, version, adopted: isAdopted })),
  };
}

/**
 * Reads the state for many who ask at once: whoever asks while it is read shares the next reading, which begins after
 * all of them have asked, so that nobody is told what stood before.
 */
export function stateReader(context: Context): () => Promise<State> {
  let running: Promise<State> | undefined;
  let next: Promise<State> | undefined;
  const start = (): Promise<State> => {
    const own = readState(context).finally(() => {
      if (running === own) running = undefined;
    });
    running = own;
    return own;
  };
  return () => {
    if (!running) return start();
    next ??= running.then(
      () => again(),
      () => again(),
    );
    return next;
  };
  function again(): Promise<State> {
    next = undefined;
    return start();
  }
}

/** `name@version` of the rule set that a parameter `rules` means: the adopted one without it, the latest of a bare name. */
export function rulesMeant({ sets }: State, asked: string | undefined): string {
  const [name, version] = (asked ?? '').split('@');
  const found =
    asked === undefined
      ? sets.find((each) => each.adopted)
      : sets.findLast((each) => each.name === name && (version === undefined || String(each.version) === version));
  if (!found) throw new NotFoundError('rules', say('rules.none', { key: asked ?? '' }));
  return `${found.name}@${found.version}`;
}
