/** A home of a test's own: files to import, the product's verbs on it, and what stands in its stores. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join as path } from 'node:path';
import { answer } from '../../src/app/asking.ts';
import { showConsumer } from '../../src/app/consumer.ts';
import { type ImportOptions, importPath } from '../../src/app/importing.ts';
import { type Installation, openInstallation } from '../../src/app/installation.ts';
import { type RejectFilter, type ReplayOptions, rejectsOf, replayRejects } from '../../src/app/replay.ts';
import type { Context } from '../../src/intake/context.ts';
import { undoImport } from '../../src/intake/undo.ts';
import { entities } from '../../src/model/entities.ts';
import { type Fragment, id, join, sql } from '../../src/warehouse/sql.ts';
import type { Row } from '../../src/warehouse/warehouse.ts';

/** Tables that only a running import has. */
const isWorkTable = /^(stage|turned|fate)_\d|^moving_|^identity_|^doomed$/;
const workTable = sql`match(name, ${isWorkTable.source})`;

export type Cells = Readonly<Record<string, string>>;

/** Rows under one header of all their columns. */
export function csv(rows: readonly Cells[], delimiter = ','): string {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const quoted = (cell: string) =>
    /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.map(quoted).join(delimiter)}\n`)
    .join('');
}

/** Everything a folder of installation does, on a clock that the test sets. */
export class Home {
  readonly dir: string;
  readonly files: string;
  now = new Date('2026-07-01T00:00:00Z');
  #installation: Installation | undefined;
  #written = 0;

  constructor(config = '') {
    const root = mkdtempSync(path(tmpdir(), 'qiancheng-import-'));
    this.dir = path(root, 'home');
    this.files = path(root, 'files');
    mkdirSync(this.dir);
    if (config !== '') writeFileSync(path(this.dir, 'config.yaml'), config);
  }

  async open(): Promise<this> {
    this.#installation = await openInstallation(this.dir, {}, () => this.now);
    return this;
  }

  get context(): Context {
    if (!this.#installation) throw new Error('open the home first');
    return this.#installation.context;
  }

  async close(): Promise<void> {
    await this.#installation?.close();
    this.#installation = undefined;
  }

  async reopen(): Promise<void> {
    await this.close();
    await this.open();
  }

  async end(): Promise<void> {
    await this.close();
    rmSync(dirname(this.dir), { recursive: true, force: true });
  }

  /** Forgets all that was ever brought, so that the next test has the home as if new. */
  async reset(): Promise<void> {
    const tables = await this.rows<{ name: string }>(
      sql`SELECT name FROM system.tables WHERE database = currentDatabase() AND name NOT LIKE '%migration%'
        AND (${workTable} OR name IN (SELECT table FROM system.parts WHERE active AND database = currentDatabase()))`,
    );
    for (const { name } of tables) {
      const isWork = isWorkTable.test(name);
      await this.context.warehouse.run(
        isWork ? sql`DROP TABLE ${id(name)} SYNC` : sql`TRUNCATE TABLE ${id(name)} SYNC`,
      );
    }
    for (const table of ['import_file', 'import', 'derivation'])
      await this.context.registry.rows(`DELETE FROM ${table}`);
  }

  /** Writes files into a folder of their own and gives the folder. */
  folder(files: Readonly<Record<string, string | Uint8Array>>): string {
    const folder = path(this.files, String(this.#written++));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(path(folder, name)), { recursive: true });
      writeFileSync(path(folder, name), content);
    }
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  file(name: string, content: string | Uint8Array): string {
    return path(this.folder({ [name]: content }), name);
  }

  take(at: string, options: ImportOptions = {}) {
    return importPath(this.context, at, options);
  }

  /** Imports one file of these contents. */
  async bring(name: string, content: string | Uint8Array, options: ImportOptions = {}) {
    const report = await this.take(this.file(name, content), options);
    const [only] = report.files;
    if (!only) throw new Error(`${name} has no report`);
    return { ...only, import: report.import };
  }

  undo(number: number) {
    return undoImport(this.context, number);
  }

  rejects(filter: RejectFilter = {}) {
    return rejectsOf(this.context, filter);
  }

  replay(options: ReplayOptions = {}) {
    return replayRejects(this.context, options);
  }

  consumer(asked: string) {
    return showConsumer(this.context, asked);
  }

  async ask(analysis: string, params: Record<string, unknown>): Promise<readonly Row[]> {
    return (await answer(this.context, analysis, params)).rows;
  }

  rows<R extends Row = Row>(question: Fragment): Promise<R[]> {
    return this.context.warehouse.rows<R>(question);
  }

  /** Which identifiers are one consumer: groups of `type:value`, as the tables have them. */
  async partition(): Promise<string[][]> {
    const rows = await this.rows<{
      names: string[];
    }>(sql`SELECT arraySort(groupUniqArray(concat(i.type, ':', i.value))) AS names
      FROM (SELECT ident, type, value FROM identifiers FINAL) AS i
      INNER JOIN (SELECT who, consumer FROM people FINAL WHERE consumer != 0) AS p ON p.who = i.ident
      GROUP BY p.consumer`);
    return rows.map((row) => row.names).sort((a, b) => (String(a) < String(b) ? -1 : 1));
  }

  /** What every table holds, whatever numbers files and consumers were given: a row a fact, sorted. */
  async state(): Promise<Readonly<Record<string, readonly string[]>>> {
    const names = await this.fileNames();
    const columns = await this.#columns();
    const state: Record<string, readonly string[]> = {};
    for (const { table, personal } of Object.values(entities)) {
      state[table] = await this.#told(
        table,
        columns.get(table),
        personal ? ['consumer', 'file'] : ['file'],
        names,
        personal,
      );
      state[`${table}_past`] = await this.#told(
        `${table}_past`,
        columns.get(`${table}_past`),
        personal ? ['consumer', 'file'] : ['file'],
        names,
        false,
      );
    }
    state.cards = await this.#told('cards', columns.get('cards'), ['file'], names, false);
    state.links = await this.#told('links', columns.get('links'), ['file'], names, false);
    state.rejects = await this.#told('rejects', columns.get('rejects'), ['file', 'raw', 'at'], names, false);
    state.identifiers = texts(
      await this.rows(sql`SELECT toString(ident) AS ident, type, scope, value FROM identifiers FINAL`),
    );
    state.digests = texts(await this.rows(sql`SELECT toString(ident) AS ident, hex(sealed) FROM digests FINAL`));
    state.shared = texts(
      await this.rows(sql`SELECT toString(ident) AS ident, type, people FROM shared FINAL WHERE people > 0`),
    );
    state.people = texts(
      await this.rows(sql`SELECT toString(p.who) AS who, toString(c.lowest) AS lowest FROM (SELECT * FROM people FINAL) AS p
        LEFT JOIN ${lowest} AS c ON c.consumer = p.consumer`),
    );
    return state;
  }

  async fileNames(): Promise<Map<number, string>> {
    const rows = await this.context.registry.rows<{ id: number; name: string }>('SELECT id, name FROM import_file');
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  /** Columns of every table, by its name. */
  async #columns(): Promise<Map<string, string[]>> {
    const rows = await this.rows<{ table: string; columns: string[] }>(
      sql`SELECT table, arraySort(groupArray(name)) AS columns FROM system.columns
        WHERE database = currentDatabase() GROUP BY table`,
    );
    return new Map(rows.map((row) => [row.table, row.columns]));
  }

  async #told(
    table: string,
    columns: readonly string[] | undefined,
    without: readonly string[],
    names: Map<number, string>,
    personal: boolean,
  ) {
    if (!columns) throw new Error(`there is no table ${table}`);
    const kept = columns.filter((name) => !without.includes(name));
    const shown = join(
      kept.map((name) => sql`toString(t.${id(name)}) AS ${id(`x_${name}`)}`),
      ', ',
    );
    const person = personal ? sql`toString(c.lowest)` : sql`''`;
    const from = personal
      ? sql`${id(table)} AS t LEFT JOIN ${lowest} AS c ON c.consumer = t.consumer`
      : sql`${id(table)} AS t`;
    const rows = await this.rows<{ in_file: number } & Row>(
      sql`SELECT t.file AS in_file, ${person} AS person, ${shown} FROM ${from}`,
    );
    return texts(rows.map((row) => ({ ...row, in_file: names.get(row.in_file) ?? row.in_file })));
  }
}

/** A consumer by the least of its cards: the same in every home, whatever its number. */
const lowest = sql`(SELECT consumer, min(who) AS lowest FROM people FINAL WHERE consumer != 0 GROUP BY consumer)`;

const texts = (rows: readonly Row[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
