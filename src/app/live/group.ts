import type { LiveRow, Unreadable } from '../../collector/protocol.ts';
import { type EntityName, entities } from '../../model/entities.ts';
import type { Broken } from '../../sources/read/batch.ts';
import { rowBatch } from '../../sources/read/row-batch.ts';

/** Column of a live row with what has no column of its own. */
export const PROPS = 'props';
/** Rows of a batch. */
const BATCH_ROWS = 20_000;

/** A column of an identifier; `id_user__2` is the second of its type on the row. */
const identifier = /^id_[a-z0-9_]{1,64}$/;

const MOST_IDENTIFIERS = 40;

/** A batch of rows as it passes from one thread to another: `TabSeparated`, line n the n-th of its group. */
export interface PackedBatch {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly lines: number | Uint32Array;
  readonly broken: readonly Broken[];
}

/** Rows of one source and entity out of the log, ready to be read like a file. */
export interface Packed {
  readonly source: string;
  readonly entity: EntityName;
  /** Made beside another row of the same event: not counted as an event of its own. */
  readonly derived: boolean;
  readonly columns: readonly string[];
  /** Rows, the unreadable ones too. */
  readonly size: number;
  readonly batches: readonly PackedBatch[];
}

/** Gathers rows of one source and entity. */
export class Group {
  readonly source: string;
  readonly entity: EntityName;
  readonly derived: boolean;
  readonly #known: ReadonlySet<string>;
  readonly #columns = new Map<string, number>();
  readonly #rows: string[][] = [];
  readonly #lines: number[] = [];
  readonly #broken: Broken[] = [];

  constructor(source: string, entity: EntityName, derived: boolean) {
    this.source = source;
    this.entity = entity;
    this.derived = derived;
    const { columns } = entities[entity];
    this.#known = new Set(columns.map(({ name }) => name));
    for (const { name, required } of columns) if (required) this.#columns.set(name, this.#columns.size);
    this.#columns.set(PROPS, this.#columns.size);
  }

  get #size(): number {
    return this.#rows.length + this.#broken.length;
  }

  /** Note: a cell that is no column of the entity, and no identifier, is kept among the props. */
  add({ cells, props }: LiveRow): void {
    this.#lines.push(this.#size + 1);
    const row: string[] = [];
    const rest: Record<string, string> = { ...props };
    for (const [given, text] of Object.entries(cells)) {
      const name = given.replace('#', '__');
      if (this.#known.has(name) || this.#takes(name)) row[this.#place(name)] = text;
      else rest[given] = text;
    }
    row[this.#place(PROPS)] = JSON.stringify(rest);
    this.#rows.push(row);
  }

  addUnreadable({ unreadable: reason, raw }: Unreadable): void {
    this.#broken.push({ line: this.#size + 1, reason, raw });
  }

  pack(): Packed {
    const { source, entity, derived } = this;
    const columns = [...this.#columns.keys()];
    return { source, entity, derived, columns, size: this.#size, batches: [...this.#batches(columns)] };
  }

  /** Whether a column is an identifier's, of which there may be so many and no more: each is a column of tables to come. */
  #takes(name: string): boolean {
    if (!identifier.test(name)) return false;
    if (this.#columns.has(name)) return true;
    const taken = [...this.#columns.keys()].filter((each) => each.startsWith('id_')).length;
    return taken < MOST_IDENTIFIERS;
  }

  #place(name: string): number {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    this.#columns.set(name, this.#columns.size);
    return this.#columns.size - 1;
  }

  *#batches(columns: readonly string[]): Generator<PackedBatch> {
    const full = (row: readonly string[]) => columns.map((_, i) => row[i] ?? '');
    let from = 0;
    let told = 0;
    do {
      const to = Math.min(from + BATCH_ROWS, this.#rows.length);
      const lastLine = to === this.#rows.length ? this.#size : (this.#lines[to - 1] ?? 0);
      const broken = this.#broken.filter(({ line }) => line > told && line <= lastLine);
      const lines = this.#broken.length === 0 ? from + 1 : Uint32Array.from(this.#lines.slice(from, to));
      const rows = this.#rows.slice(from, to).map(full);
      yield { bytes: rowBatch({ columns, rows, lines, broken, position: to }).bytes, rows: to - from, lines, broken };
      from = to;
      told = lastLine;
    } while (from < this.#rows.length);
  }
}
