import { readdirSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { QianchengError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';
import { id, sql } from '../warehouse/sql.ts';
import type { Holder } from '../warehouse/warehouse.ts';
import { shapes } from './backup/manifest.ts';
import type { Installation } from './installation.ts';

/** What was found of one thing. */
export interface Finding {
  readonly ok: boolean;
  readonly text: Text;
}

const GIB = 2 ** 30;
/** A statement may take 1.4 GB, and the processes need room beside it. */
const LEAST_MEMORY = 3 * GIB;
/** Beyond it, reading every part whole would take longer than whoever asks waits; a backup reads them all. */
const MOST_READ = 2 * GIB;
const MOST_SKEW_MS = 5000;

const joined = (texts: readonly string[], between: string) => texts.join(between);
const nameOf = ({ host }: Holder): Text =>
  host === '' ? { zh: '内置引擎', en: 'the embedded engine' } : { zh: host, en: host };

/** Whether the machine has the memory that statements may take. */
export function memoryFound(): Finding {
  const gib = (totalmem() / GIB).toFixed(1);
  return {
    ok: totalmem() >= LEAST_MEMORY,
    text: { zh: `共 ${gib} GiB，一条语句最多用 1.3 GiB`, en: `${gib} GiB in all; a statement may take 1.3 GiB` },
  };
}

/** Which servers of the warehouse do not answer, or run another version than the first. */
export async function versionsFound({ context: { warehouse } }: Installation): Promise<Finding & { version: string }> {
  const versions: string[] = [];
  const wrong: Text[] = [];
  for (const holder of warehouse.holders) {
    const said = await holder.rows<{ version: string }>(sql`SELECT version() AS version`).catch(silent);
    const version = said?.[0]?.version;
    const { zh, en } = nameOf(holder);
    if (version === undefined) wrong.push({ zh: `${zh} 不应答`, en: `${en} does not answer` });
    else if (version !== (versions[0] ?? version))
      wrong.push({ zh: `${zh} 是 ${version}`, en: `${en} runs ${version}` });
    if (version !== undefined) versions.push(version);
  }
  return {
    ok: wrong.length === 0,
    version: versions[0] ?? '?',
    text: {
      zh: joined(
        wrong.map(({ zh }) => zh),
        '；',
      ),
      en: joined(
        wrong.map(({ en }) => en),
        '; ',
      ),
    },
  };
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
    for (const { name, parts: count } of laid) broken.push(`${name} (${count})`);
    for (const table of await tablesOn(holder)) {
      parts += table.parts;
      if (table.bytes > MOST_READ) unread += table.parts;
      else if (await isBroken(holder, table.name)) broken.push(table.name);
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

/** How far the clocks of this machine, the engines and the registry are apart. */
export async function clockFound({ context: { warehouse, registry } }: Installation): Promise<Finding> {
  const off: number[] = [];
  const compare = async (ask: () => Promise<number>) => {
    const before = Date.now();
    const told = await ask();
    off.push(told - (before + Date.now()) / 2);
  };
  for (const holder of warehouse.holders)
    await compare(async () => {
      const [row] = await holder.rows<{ at: number }>(sql`SELECT toUnixTimestamp64Milli(now64(3)) AS at`);
      return Number(row?.at);
    });
  await compare(async () => {
    const [row] = await registry.rows<{ at: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::bigint as at',
    );
    return Number(row?.at);
  });
  const most = Math.max(...off.map(Math.abs));
  const seconds = (most / 1000).toFixed(1);
  return {
    ok: most < MOST_SKEW_MS,
    text: { zh: `与存储的时钟最多相差 ${seconds} 秒`, en: `at most ${seconds} s from those of the stores` },
  };
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

/** A check that cannot be made finds that: what else there is, is looked at all the same. */
export async function found(look: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof QianchengError)
      return { ok: false, text: error.text ?? { zh: error.message, en: error.message } };
    return { ok: false, text: { zh: '无法检查，服务器日志里有原因', en: 'could not be looked at; the log says why' } };
  }
}
