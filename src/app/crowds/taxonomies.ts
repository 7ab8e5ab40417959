import { isDeepStrictEqual } from 'node:util';
import { writeAudit } from '../../accounts/audit.ts';
import type { CrowdTaxonomy, CrowdTaxonomyEntry } from '../../api/crowds.ts';
import { taxonomyPresets } from '../../audiences/crowds/presets.ts';
import { openTaxonomy, readTaxonomy } from '../../audiences/crowds/read.ts';
import { type Taxonomy, type TaxonomyVersion, taxonomyBody } from '../../audiences/crowds/taxonomy.ts';
import { sentenceOf } from '../../audiences/rule.ts';
import { ConflictError, NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Context } from '../../intake/context.ts';
import type { Registry } from '../../registry/registry.ts';

/** Every version of every taxonomy: those of the program, then those of the home, which number on. */
export async function taxonomyVersions(registry: Registry): Promise<TaxonomyVersion[]> {
  const rows = await registry.rows<{ version: number; body: unknown }>(
    'SELECT version, body FROM crowd_taxonomy ORDER BY name, version',
  );
  const own = rows.map(({ version, body }) => ({ ...taxonomyBody.parse(body), version, origin: 'tenant' as const }));
  return [...taxonomyPresets, ...own];
}

/** SQL of the registry: what the taxonomies and the table of tiers are, in few words that change when those do. */
export const crowdsStateSql = `concat((SELECT count(*) FROM crowd_taxonomy), ' ',
  (SELECT md5(coalesce(string_agg(concat(place, '=', tier), ',' ORDER BY place), '')) FROM city_tier))`;

export async function crowdsState(registry: Registry): Promise<string> {
  const [row] = await registry.rows<{ state: string }>(`SELECT ${crowdsStateSql} AS state`);
  return row?.state ?? '';
}

/** Taxonomies whose rules are read, by `name` (its latest version) and by `name@version`. */
export async function openTaxonomies(registry: Registry): Promise<ReadonlyMap<string, Taxonomy>> {
  const all = (await taxonomyVersions(registry)).map(openTaxonomy);
  return new Map(all.flatMap((each) => [[`${each.name}@${each.version}`, each] as const, [each.name, each] as const]));
}

/** Taxonomies with their latest version. */
export async function crowdTaxonomies({ registry }: Context): Promise<CrowdTaxonomyEntry[]> {
  return latestOf(await taxonomyVersions(registry)).map(({ name, version, origin, title, crowds }) => ({
    name,
    version,
    origin,
    title,
    crowds: crowds.map(({ id, title: called }) => ({ id, title: called })),
  }));
}

/** The last version of each name. */
export function latestOf(versions: readonly TaxonomyVersion[]): TaxonomyVersion[] {
  return [...new Map(versions.map((each) => [each.name, each])).values()];
}

/** A taxonomy by `name`, its latest version, or `name@version`, with its rules and how they read. */
export async function showTaxonomy({ registry }: Context, key: string): Promise<CrowdTaxonomy> {
  const [name, version] = key.split('@');
  const found = (await taxonomyVersions(registry)).findLast(
    (each) => each.name === name && (version === undefined || String(each.version) === version),
  );
  if (!found) throw new NotFoundError('crowds', say('crowds.none', { name: key }));
  const read = openTaxonomy(found).crowds;
  const { name: named, version: number, origin, title } = found;
  return {
    ...{ name: named, version: number, origin, title },
    crowds: found.crowds.map((crowd, at) => {
      const rule = read[at]?.rule;
      return { ...crowd, sentence: rule ? sentenceOf(rule) : { zh: '', en: '' } };
    }),
  };
}

/** Saves a taxonomy as the next version of its name. */
export async function putTaxonomy(
  context: Context,
  given: Readonly<Record<string, unknown>>,
  actor: string,
): Promise<CrowdTaxonomy> {
  const body = readTaxonomy(given);
  const version = await context.registry.transaction(async (registry) => {
    await registry.rows('LOCK TABLE crowd_taxonomy IN EXCLUSIVE MODE');
    const before = (await taxonomyVersions(registry)).filter(({ name }) => name === body.name);
    const last = before.at(-1);
    if (last && isDeepStrictEqual(said(last), said(body)))
      throw new ConflictError('crowds_same', say('crowds.same', { name: body.name }));
    const next = (last?.version ?? 0) + 1;
    await registry.rows('INSERT INTO crowd_taxonomy (name, version, body, created_by) VALUES ($1, $2, $3, $4)', [
      body.name,
      next,
      body,
      actor,
    ]);
    await writeAudit(registry, actor, 'crowds.put', { name: body.name, version: next });
    return next;
  });
  return showTaxonomy(context, `${body.name}@${version}`);
}

const said = ({ name, title, crowds }: Pick<TaxonomyVersion, 'name' | 'title' | 'crowds'>) => ({ name, title, crowds });
