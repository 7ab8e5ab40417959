import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { InputError } from '../../base/errors.ts';
import type { Config, Environment } from '../config.ts';
import { type Places, placesOf } from '../places.ts';
import { writeWhole } from './journal.ts';

/** Where a home's stores are to go; what is absent stays where it is. */
export interface MoveTo {
  /** `embedded`, one server's address, or those of a cluster's shards with commas between. */
  readonly warehouse?: string;
  readonly cluster?: string;
  /** `embedded`, or the address of a PostgreSQL server. */
  readonly registry?: string;
}

const embedded = 'embedded';

/** Refuses what names no place. */
export function requireGoal({ warehouse, cluster, registry }: MoveTo): void {
  if (warehouse === undefined && registry === undefined)
    throw new InputError('move_where', 'Say where to: --to with an address or `embedded`, --registry, or both.');
  if (cluster !== undefined && (warehouse ?? embedded) === embedded)
    throw new InputError('move_where', '--cluster names a cluster of the servers at --to: give their address too.');
  for (const address of (warehouse ?? embedded) === embedded ? [] : (warehouse ?? '').split(','))
    requireAddress(address.trim(), ['http:', 'https:'], 'http://user:password@host:8123/database');
  if ((registry ?? embedded) !== embedded)
    requireAddress(registry ?? '', ['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/database');
}

/** The places that are asked for, as a configuration would name them. */
export function placesTold({ warehouse, cluster, registry }: MoveTo, dir: string, config: Config): Places {
  const named = (given: string | undefined) => (given === embedded ? undefined : given);
  return placesOf(dir, {
    clickhouse_url: warehouse === undefined ? config.clickhouse_url : named(warehouse),
    clickhouse_cluster: warehouse === undefined ? config.clickhouse_cluster : cluster,
    postgres_url: registry === undefined ? config.postgres_url : named(registry),
  });
}

function requireAddress(text: string, schemes: readonly string[], example: string): void {
  if (URL.canParse(text) && schemes.includes(new URL(text).protocol)) return;
  // Note: the address is not repeated, for it may hold a password.
  throw new InputError('move_where', `An address that was given cannot be read: write ${example}, or \`embedded\`.`);
}

/** Note: a variable stands over config.yaml, so that the home would go on with its old store after the move. */
export function requireNotInEnvironment({ warehouse, registry }: MoveTo, env: Environment): void {
  const own = [
    ...(warehouse === undefined ? [] : ['QIANCHENG_CLICKHOUSE_URL', 'QIANCHENG_CLICKHOUSE_CLUSTER']),
    ...(registry === undefined ? [] : ['QIANCHENG_POSTGRES_URL']),
  ].filter((name) => env[name]);
  if (own.length === 0) return;
  throw new InputError(
    'move_environment',
    `${own.join(', ')} would stand over what the move writes into config.yaml: write the present address into config.yaml, unset the variable, then move.`,
  );
}

/** Has config.yaml name the stores of these places, and leaves all else in it as it is. */
export async function tellConfig(dir: string, { warehouse, registry }: Places): Promise<void> {
  const path = join(dir, 'config.yaml');
  const document = parseDocument(existsSync(path) ? readFileSync(path, 'utf8') : '');
  const told: Readonly<Record<string, string | undefined>> = {
    clickhouse_url: warehouse.kind === embedded ? undefined : warehouse.url,
    clickhouse_cluster: warehouse.kind === 'cluster' ? warehouse.cluster : undefined,
    postgres_url: registry.kind === embedded ? undefined : registry.url,
  };
  for (const [key, value] of Object.entries(told)) {
    if (value !== undefined) document.set(key, value);
    else if (document.has(key)) document.delete(key);
  }
  const text = document.contents === null ? '' : document.toString();
  await writeWhole(dir, 'config.yaml', text);
}
