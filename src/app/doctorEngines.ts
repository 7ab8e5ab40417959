import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '../base/text.ts';
import type { Registry } from '../registry/registry.ts';
import { id, sql } from '../warehouse/sql.ts';
import type { Holder } from '../warehouse/warehouse.ts';
import { shapes } from './backup/manifest.ts';
import { quoted, registryTables } from './backup/registryRows.ts';
import type { Finding } from './doctorFinding.ts';
import { isRoomy } from './doctorMachine.ts';
import type { Installation } from './installation.ts';

const GIB = 2 ** 30;
/** Beyond it, reading every part whole would take longer than whoever asks waits; a backup reads them all. */
const MOST_READ = 2 * GIB;
/** The line of ClickHouse that this program is made for: that of its own engine. */
const LINE = '26.7';

/** What is asked of a server here. */
type Asked = Pick<Holder, 'host' | 'rows'>;

const nameOf = ({ host }: Asked): Text =>
  host === '' ? { zh: '内置引擎', en: 'the embedded engine' } : { zh: host, en: host };

const together = (one: Text, other: Text, between: string): Text => ({
  zh: `${one.zh}${between}${other.zh}`,
  en: `${one.en}${between}${other.en}`,
});

const listed = (texts: readonly Text[]): Text => ({
  zh: texts.map(({ zh }) => zh).join('；'),
  en: texts.map(({ en }) => en).join('; '),
});

/** Version of the first server that answers, and which servers do not answer, run another version, or one this program is not made for. */
export async function versionsFound(holders: readonly Asked[]): Promise<Finding & { version: string }> {
  const versions: string[] = [];
  const wrong: Text[] = [];
  for (const holder of holders) {
    const said = await holder.rows<{ version: string }>(sql`SELECT version() AS version`).catch(silent);
    const version = said?.[0]?.version;
    const fault = versionFault(version, versions[0]);
    if (fault) wrong.push(together(nameOf(holder), fault, ' '));
    if (version !== undefined) versions.push(version);
  }
  return { ok: wrong.length === 0, version: versions[0] ?? '?', text: listed(wrong) };
}

function versionFault(version: string | undefined, first = version): Text | undefined {
  if (version === undefined) return { zh: '不应答', en: 'does not answer' };
  if (version !== first) return { zh: `是 ${version}，与别的不同`, en: `runs ${version}, unlike the others` };
  if (version.startsWith(`${LINE}.`)) return undefined;
  return { zh: `是 ${version}，本程序需要 ${LINE} 系列`, en: `runs ${version}; this program is made for ${LINE}` };
}

/** Servers whose own disk is nearly full: the disk of the home is another one. */
export async function fullFound(holders: readonly Asked[]): Promise<Finding> {
  const full: Text[] = [];
  for (const holder of holders) {
    const [row] =
      (await holder.rows<{ free: number }>(sql`SELECT min(free_space) AS free FROM system.disks`).catch(silent)) ?? [];
    if (row === undefined || isRoomy(row.free)) continue;
    const gib = (row.free / GIB).toFixed(1);
    full.push(together(nameOf(holder), { zh: `的磁盘只剩 ${gib} GiB`, en: `has ${gib} GiB of disk free` }, ' '));
  }
  return { ok: full.length === 0, text: listed(full) };
}

const silent = (): undefined => undefined;

/** Parts that an engine has laid aside because it could not read them, and parts that are not as they were written. */
export async function partsFound({ context: { warehouse } }: Installation): Promise<Finding> {
  const broken: string[] = [];
  let unread = 0;
  let parts = 0;
  for (const holder of warehouse.holders) {
    const laid = await holder.rows<{ name: string; parts: number }>(
      sql`SELECT table AS name, count() AS parts FROM system.detached_parts
        WHERE database = currentDatabase() AND reason != '' GROUP BY name ORDER BY name`,
    );
    for (const { name, parts: count } of laid) broken.push(`${at(holder)}${name} (${count})`);
    for (const table of await tablesOn(holder)) {
      parts += table.parts;
      if (table.bytes > MOST_READ) unread += table.parts;
      else if (await isBroken(holder, table.name)) broken.push(`${at(holder)}${table.name}`);
    }
  }
  const found = broken.join(', ');
  if (found !== '') return { ok: false, text: { zh: `损坏：${found}`, en: `damaged: ${found}` } };
  return {
    ok: true,
    text: {
      zh: `${parts} 个分片，${parts - unread} 个读过，无损坏`,
      en: `${parts} parts, ${parts - unread} of them read, none damaged`,
    },
  };
}

/** Which server something was found on, before it; nothing where there is one only. */
const at = ({ host }: Holder): string => (host === '' ? '' : `${host} `);

function tablesOn(holder: Holder) {
  return holder.rows<{ name: string; parts: number; bytes: number }>(
    sql`SELECT table AS name, count() AS parts, sum(bytes_on_disk) AS bytes FROM system.parts
      WHERE active AND database = currentDatabase() AND NOT startsWith(table, 'copy_') GROUP BY name ORDER BY name`,
  );
}

async function isBroken(holder: Holder, table: string): Promise<boolean> {
  const rows = await holder.rows<{ result?: number; is_passed?: number }>(sql`CHECK TABLE ${id(table)}`);
  return rows.some(({ result, is_passed: isPassed }) => (result ?? isPassed) === 0);
}

/** Reads every table of an embedded registry: a page that is damaged is told by whoever reads it, and many are read once a year. */
export async function readRegistry(registry: Registry): Promise<void> {
  if (registry.kind !== 'embedded') return;
  for (const name of await registryTables(registry)) await registry.rows(`select count(*) from ${quoted(name)}`);
}

/** Whether both stores, and every shard, have the tables of this program. */
export async function shapeFound({ context: { warehouse, registry } }: Installation): Promise<Finding> {
  const [facts] = await warehouse.rows<{ number: number }>(sql`SELECT max(number) AS number FROM migrations`);
  const [books] = await registry.rows<{ number: number }>('select max(number) as number from migration');
  const behind = await shardsWithout(warehouse.holders);
  const isWhole = facts?.number === shapes.warehouse && books?.number === shapes.registry;
  const at = `${facts?.number}/${shapes.warehouse}, ${books?.number}/${shapes.registry}`;
  if (behind.length > 0)
    return {
      ok: false,
      text: {
        zh: `分片上缺表或列不同：${behind.join(', ')}`,
        en: `tables missing or different on shards: ${behind.join(', ')}`,
      },
    };
  return { ok: isWhole, text: { zh: `事实库与登记库 ${at}`, en: `warehouse and registry ${at}` } };
}

/** Shards whose tables are not those of the first, as `host table`; tables of work lie on the first alone. */
async function shardsWithout([first, ...others]: readonly Holder[]): Promise<string[]> {
  if (!first || others.length === 0) return [];
  const wanted = await columnsOn(first);
  const lacking: string[] = [];
  for (const holder of others) {
    const there = await columnsOn(holder);
    for (const [table, columns] of wanted) if (there.get(table) !== columns) lacking.push(`${holder.host} ${table}`);
  }
  return lacking;
}

async function columnsOn(holder: Holder): Promise<Map<string, string>> {
  const rows = await holder.rows<{ name: string; columns: string }>(
    sql`SELECT c.table AS name, toString(arraySort(groupArray((c.position, c.name, c.type)))) AS columns
      FROM system.columns AS c INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
      WHERE c.database = currentDatabase() AND t.engine LIKE '%MergeTree' AND t.name != 'migrations'
        AND NOT match(t.name, '^((stage|turned|fate)_[0-9]|copy_|moving_|identity_|reopened_|doomed)')
      GROUP BY name`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** Live events whose log was put aside because they could not be taken in. */
export function asideFound({ home }: Pick<Installation, 'home'>): Finding {
  const aside = namesIn(join(home.dir, 'live')).filter((name) => name.endsWith('.aside'));
  if (aside.length === 0) return { ok: true, text: { zh: '没有', en: 'none put aside' } };
  return { ok: false, text: { zh: `${aside.length} 段被搁置`, en: `${aside.length} segments of the log put aside` } };
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Tables that only work under way needs, where none is under way. */
export async function leftoversFound({ context: { warehouse, registry } }: Installation): Promise<Finding> {
  const { locks } = registry;
  const count = async () => {
    const names = new Set<string>();
    for (const holder of warehouse.holders) for (const name of await workOn(holder)) names.add(name);
    return [...names];
  };
  const [saving] = await registry.rows(`select id from job where kind = 'backup' and status = 'running'`);
  const alone = saving ? undefined : await locks.tryAlone('writer', () => locks.tryAlone('live', count));
  const left = alone?.done?.done;
  if (left === undefined)
    return { ok: true, text: { zh: '正在写入，未查', en: 'something is being written: not looked at' } };
  if (left.length === 0) return { ok: true, text: { zh: '没有', en: 'none' } };
  return { ok: false, text: { zh: `${left.length} 张：${left.join(', ')}`, en: `${left.length}: ${left.join(', ')}` } };
}

async function workOn(holder: Holder): Promise<string[]> {
  const rows = await holder.rows<{ name: string }>(
    sql`SELECT name FROM system.tables WHERE database = currentDatabase()
      AND match(name, '^((turned|fate)_[0-9]|copy_|moving_|identity_|doomed)') ORDER BY name`,
  );
  return rows.map(({ name }) => name);
}
