/** A line of a file that is no row: it has too many or too few fields, or its quotes never close. */
export interface Broken {
  /** 1-based line of the file on which the record starts; the header is line 1. */
  readonly line: number;
  readonly reason: 'fields' | 'quotes' | 'json' | 'shape';
  readonly raw: string;
}

/**
 * A run of consecutive records of one file, ready for the engine.
 * `bytes` is UTF-8: `CSV` with `delimiter` and no quoted field, or `TabSeparated` with its escapes; no header; every
 * record has exactly one field a column, in the order of `columns`, and ends in a line feed.
 */
export interface Batch {
  readonly format: 'CSV' | 'TabSeparated';
  readonly delimiter: string;
  readonly bytes: Uint8Array;
  /** Records in `bytes`. */
  readonly rows: number;
  /** Header of the file, trimmed; for JSON Lines, the keys seen in this batch, each batch may have more. */
  readonly columns: readonly string[];
  /** Line of the first record, when records stand on consecutive lines; else the line of each record. */
  readonly lines: number | Uint32Array;
  /** The text of record `i` as it stands in the file, for rejects. */
  raw(i: number): string;
  readonly broken: readonly Broken[];
  /** Bytes of the file as stored that have been read when this batch ends; for progress. */
  readonly position: number;
}

/** A file that can be read as records, whatever its form. */
export interface Source {
  readonly format: 'csv' | 'jsonl' | 'parquet' | 'xlsx';
  readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le' | 'binary';
  readonly compressed: boolean;
  /** Size of the file as stored, in bytes. */
  readonly size: number;
  /** What separates fields, where the file is text with separators. */
  readonly delimiter?: string;
  /** Header of the file, trimmed; for JSON Lines the keys of the first records. */
  readonly columns: readonly string[];
  /** The first few records as text, for recognising and for previews. */
  readonly sample: readonly (readonly string[])[];
  /** Batches of at most about `batchBytes`, in order, flat in memory; the same file always cuts the same. */
  batches(): AsyncIterable<Batch>;
}
