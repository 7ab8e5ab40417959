import { createHash } from 'node:crypto';
import { ConflictError } from '../base/errors.ts';
import { rulePresets } from '../model/rules/presets.ts';
import type { Registry } from '../registry/registry.ts';
import type { HomeFolder } from './home.ts';

/** What shows whether a key is the one that data were hashed with, and nothing else of it. */
export const keyMark = (key: Buffer): string =>
  createHash('sha256').update('qiancheng key ').update(key).digest('hex').slice(0, 16);

/** What a home must keep for ever once it has data: its zone (days are stored) and its key (identifiers are hashed). */
export async function settle(registry: Registry, home: HomeFolder): Promise<void> {
  await keepOrRefuse(registry, 'zone', home.config.zone, 'business zone (zone in config.yaml)');
  await keepOrRefuse(registry, 'key', keyMark(home.key), 'key (the file key)');
  for (const [index, set] of rulePresets.entries())
    await registry.rows(
      `INSERT INTO rule_set (name, version, body, origin, adopted) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [set.name, set.version, set, set.origin, index === 0],
    );
}

async function keepOrRefuse(registry: Registry, name: string, value: string, title: string): Promise<void> {
  await registry.rows('INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    JSON.stringify(value),
  ]);
  const [row] = await registry.rows<{ value: string }>('SELECT value FROM setting WHERE key = $1', [name]);
  if (row?.value === value) return;
  const beside =
    registry.kind === 'server' && name === 'key'
      ? ' A second server on the same registry needs the key of the first: remove the file `key` from this home, and set QIANCHENG_KEY to what that file of the first one holds, or copy the file.'
      : '';
  throw new ConflictError(
    'home_changed',
    `This home was made with another ${title}: its data would be misread. Put the former one back, or import into a new home.${beside}`,
  );
}
