import type { Fragment } from './sql.ts';

/** Bytes of rows in a text or row-binary format, loaded as they are; personal values never touch a disk on the way. */
export interface Payload {
  readonly table: string;
  readonly columns: readonly string[];
  readonly format: 'CSV' | 'TabSeparated' | 'RowBinary' | 'JSONEachRow';
  /** Field separator of `CSV`; a comma when absent. The engine refuses a blank, a tab and both quotes. */
  readonly delimiter?: string;
  readonly bytes: Uint8Array;
  /** Turns the bytes on their way in: `columns` then name what `select` gives, `structure` the fields of the bytes. */
  readonly through?: {
    readonly structure: string;
    select(source: Fragment): Fragment;
  };
}

/** Caps of one statement; absent ones take the warehouse's defaults. */
export interface Caps {
  readonly seconds?: number;
  readonly memoryBytes?: number;
  readonly threads?: number;
  /** Joins too write to disk what memory does not hold: slower, for a question that has failed without. */
  readonly spills?: boolean;
  /** Bytes that the statement may write to disk on its way; absent, as much as there is. */
  readonly diskBytes?: number;
  /** Threads that sort and write at once; the parts of one statement then come in no order. */
  readonly writers?: number;
  /** Name by which `cancel` finds the statement. */
  readonly label?: string;
  /** Unique name of one logical batch: into a table with a deduplication window the same token inserts once. */
  readonly token?: string;
}

export type Row = Record<string, unknown>;

/** What the engine tells of the statements under a label: `rows` read of about `total`, and the most bytes of memory at once. */
export interface UnderWay {
  readonly statements: number;
  readonly rows: number;
  readonly total: number;
  readonly memory: number;
}

/** A table of facts to be made: its columns, one of them `consumer`, and how a part of it is sorted and cut. */
export interface FactsTable {
  readonly table: string;
  readonly columns: string;
  readonly layout: string;
}

/** A table of work and those of its columns that a statement reads. */
export interface Work {
  readonly table: string;
  readonly columns: readonly string[];
}

/** What a statement on the parts of a table needs beside them. */
export interface OnParts {
  readonly reading?: readonly Work[];
  readonly caps?: Caps;
}

/** One of the servers that rows lie on: it answers for what is its own. */
export interface Holder {
  /** Its address without user and password; empty for the engine of this process. */
  readonly host: string;
  rows<R extends Row = Row>(question: Fragment, caps?: Caps): Promise<R[]>;
  bytes(question: Fragment, caps?: Caps): Promise<Uint8Array>;
}

/** The one door to the facts: embedded chDB, a ClickHouse server or a cluster, the same SQL and the same answers. */
export interface Warehouse {
  readonly kind: 'embedded' | 'server' | 'cluster';
  /** Every server that rows may lie on, the one that puts the questions first. */
  readonly holders: readonly Holder[];
  /** All rows of a question. Counts are numbers below 2^53, days are `YYYY-MM-DD`, 64-bit hashes must be selected as strings. */
  rows<R extends Row = Row>(question: Fragment, caps?: Caps): Promise<R[]>;
  /** The rows of a question one after another, for answers too large to hold. */
  stream<R extends Row = Row>(question: Fragment, caps?: Caps): AsyncIterable<R>;
  /** The answer in RowBinary, for numbers by the million. */
  bytes(question: Fragment, caps?: Caps): Promise<Uint8Array>;
  /** A statement without an answer: DDL, INSERT SELECT, DELETE. */
  run(statement: Fragment, caps?: Caps): Promise<void>;
  /** Inserts a payload into a table. */
  insert(payload: Payload, caps?: Caps): Promise<void>;
  /** Makes a table of facts, unless it is there: on a cluster each shard keeps the rows of its own consumers. */
  createFacts(table: FactsTable): Promise<void>;
  /** Runs a statement on every server there is: one that makes or drops a table that is not of facts. */
  everywhere(statement: Fragment, caps?: Caps): Promise<void>;
  /**
   * Runs a statement where a table's rows lie: here, or on a cluster once on each shard with that shard's own part.
   * What the statement reads beside it must be named, for every shard needs it.
   */
  onParts(table: string, statement: (part: Fragment) => Fragment, more?: OnParts): Promise<void>;
  /** Tells each time that an engine of our own is started anew, for it had stopped; a server's is not ours to start. */
  onRestart?(listener: () => void): void;
  /** How far the statements of a label are; never waits for a question. */
  underWay(label: string): Promise<UnderWay>;
  /** Stops every statement of that label; each fails with `query_cancelled`. */
  cancel(label: string): Promise<void>;
  close(): Promise<void>;
}
