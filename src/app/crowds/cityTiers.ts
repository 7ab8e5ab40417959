import { writeAudit } from '../../accounts/audit.ts';
import { cityTiers } from '../../audiences/crowds/places.ts';
import { bareName } from '../../audiences/crowds/tier.ts';
import type { Context } from '../../intake/context.ts';
import type { Registry } from '../../registry/registry.ts';

/** The home's own table of city tiers; undefined where it has none and the program's holds. */
export async function ownCityTiers(registry: Registry): Promise<ReadonlyMap<string, number> | undefined> {
  const rows = await registry.rows<{ place: string; tier: number }>('SELECT place, tier FROM city_tier ORDER BY place');
  return rows.length === 0 ? undefined : new Map(rows.map(({ place, tier }) => [place, tier]));
}

/** The table of city tiers that holds: tiers by city or province. */
export async function tiersInForce({ registry }: Context): Promise<Record<string, number>> {
  return Object.fromEntries((await ownCityTiers(registry)) ?? cityTiers);
}

/** Replaces the home's table of city tiers; an empty one brings the program's back. */
export async function putCityTiers(
  context: Context,
  tiers: Readonly<Record<string, number>>,
  actor: string,
): Promise<Record<string, number>> {
  const rows = [...new Map(Object.entries(tiers).map(([place, tier]) => [bareName(place), tier]))];
  await context.registry.transaction(async (registry) => {
    await registry.rows('DELETE FROM city_tier');
    await registry.rows(
      `INSERT INTO city_tier (place, tier)
        SELECT row ->> 0, (row ->> 1)::int FROM jsonb_array_elements($1::jsonb) AS row`,
      [JSON.stringify(rows)],
    );
    await writeAudit(registry, actor, 'crowds.tiers', { count: rows.length });
  });
  return tiersInForce(context);
}
