import type { Text } from '../base/text.ts';
import { type EntityName, entities } from '../model/entities.ts';
import { as, id, sql } from '../warehouse/sql.ts';
import type { Finding } from './doctorFinding.ts';
import type { Installation } from './installation.ts';

/** What the books of a home come to. */
export interface Books {
  /** Of every file `read = accepted + duplicate + rejected`. */
  readonly balance: Finding;
  /** Every row that was taken is there, and whose it is. */
  readonly facts: Finding;
  /** No import was cut short. */
  readonly cutShort: Finding;
}

type Stores = Installation['context'];

/** A file that was taken in: its rows as its report tells of them. */
interface Taken {
  readonly entity: EntityName;
  readonly id: number;
  readonly import: number;
  readonly read: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly files: number;
}

/** Cards beyond which it is not looked whether each has its person: the engine would hold all of both in memory. */
const MOST_CARDS = 20_000_000;

/** Holds the books of a home against its facts. */
export async function booksFound({ context }: Installation): Promise<Books> {
  const files = await context.registry.rows<Taken & Record<string, unknown>>(
    `SELECT entity, id, import_id AS import, read, accepted, duplicate, rejected, files
      FROM import_file WHERE status = 'done' ORDER BY id`,
  );
  const begun = await context.registry.rows(
    `SELECT id FROM import_file WHERE status IN ('reading', 'staged', 'committing')`,
  );
  const all = files.reduce((sum, each) => sum + each.files, 0);
  const unbalanced = files.filter((each) => each.read !== each.accepted + each.duplicate + each.rejected);
  return {
    balance: {
      ok: unbalanced.length === 0,
      text: {
        zh: `${all} 个文件，${unbalanced.length} 个不平`,
        en: `${all} files, ${unbalanced.length} out of balance`,
      },
    },
    facts: await factsFound(context, files),
    cutShort: { ok: begun.length === 0, text: importsText(begun.length) },
  };
}

async function factsFound(context: Stores, files: readonly Taken[]): Promise<Finding> {
  const wrong: Text[] = [];
  for (const table of new Set(files.map(({ entity }) => entities[entity].table))) {
    const own = files.filter(({ entity }) => entities[entity].table === table);
    const off = await offBy(context, table, own);
    if (off !== 0) wrong.push(await offText(context, table, own, off));
  }
  const nobodys = await cardsOfNobody(context);
  if (nobodys > 0)
    wrong.push({
      zh: `${nobodys} 组标识找不到其人或其值`,
      en: `${nobodys} sets of identifiers have lost their person or their values`,
    });
  if (wrong.length === 0) return { ok: true, text: { zh: '收下的行都在', en: 'every taken row is kept' } };
  return {
    ok: false,
    text: { zh: wrong.map(({ zh }) => zh).join('；'), en: wrong.map(({ en }) => en).join('; ') },
  };
}

/** Rows that a table has beyond what the books tell of; fewer are negative. */
async function offBy({ warehouse }: Stores, table: string, files: readonly Taken[]): Promise<number> {
  const [row] = await warehouse.rows<{ rows: number }>(sql`SELECT
    (SELECT count() FROM ${id(table)}) + (SELECT count() FROM ${id(`${table}_past`)}) AS rows`);
  return (row?.rows ?? 0) - files.reduce((sum, each) => sum + each.accepted + each.duplicate, 0);
}

async function offText({ warehouse }: Stores, table: string, files: readonly Taken[], off: number): Promise<Text> {
  const counted = await warehouse.rows<{ file: number; rows: number }>(sql`SELECT file, count() AS rows FROM
    (SELECT file FROM ${id(table)} UNION ALL SELECT file FROM ${id(`${table}_past`)})
    WHERE file IN ${as(
      files.map((each) => each.id),
      'Array(UInt32)',
    )} GROUP BY file`);
  const there = new Map(counted.map(({ file, rows }) => [file, rows]));
  const differing = files.filter((each) => (there.get(each.id) ?? 0) !== each.accepted + each.duplicate);
  const imports = [...new Set(differing.map((each) => each.import))].join(', ');
  const many = Math.abs(off);
  const of = imports === '' ? { zh: '', en: '' } : { zh: `（导入 ${imports}）`, en: ` (import ${imports})` };
  if (off < 0) return { zh: `${table} 少 ${many} 行${of.zh}`, en: `${table} lacks ${many} rows${of.en}` };
  return { zh: `${table} 多 ${many} 行${of.zh}`, en: `${table} has ${many} rows too many${of.en}` };
}

/** Cards whose person, or one of whose identifiers, is not among those that are known. */
async function cardsOfNobody({ warehouse }: Stores): Promise<number> {
  const [cards] = await warehouse.rows<{ rows: number }>(sql`SELECT count() AS rows FROM cards`);
  if ((cards?.rows ?? 0) > MOST_CARDS) return 0;
  const [row] = await warehouse.rows<{ cards: number }>(sql`SELECT uniqExact(who) AS cards FROM
    (SELECT who, arrayJoin(idents) AS ident FROM cards)
    WHERE who NOT IN (SELECT who FROM people) OR ident NOT IN (SELECT ident FROM identifiers)`);
  return row?.cards ?? 0;
}

function importsText(begun: number): Text {
  if (begun === 0) return { zh: '没有', en: 'none cut short' };
  return { zh: `${begun} 个文件导入到一半：请再导入一次`, en: `${begun} files cut short: import them again` };
}
