import type { Batch } from '../sources/read/batch.ts';

const lineFeed = 0x0a;

/** The first `count` lines of a batch, records and broken lines together in the order of the file. */
export function firstOf(batch: Batch, count: number): Batch {
  if (batch.rows + batch.broken.length <= count) return batch;
  const lines = linesOf(batch);
  const last = [...lines, ...batch.broken.map(({ line }) => line)].sort((a, b) => a - b)[count - 1] ?? 0;
  const rows = lines.filter((line) => line <= last).length;
  return {
    ...batch,
    rows,
    bytes: batch.bytes.subarray(0, endOf(batch.bytes, rows)),
    lines: typeof batch.lines === 'number' ? batch.lines : batch.lines.subarray(0, rows),
    broken: batch.broken.filter(({ line }) => line <= last),
  };
}

/** Line of each record. */
function linesOf({ lines, rows }: Batch): number[] {
  return typeof lines === 'number' ? Array.from({ length: rows }, (_, i) => lines + i) : [...lines];
}

/** Offset after the `rows`-th record: every record ends in a line feed and holds none. */
function endOf(bytes: Uint8Array, rows: number): number {
  let end = 0;
  for (let row = 0; row < rows; row += 1) end = bytes.indexOf(lineFeed, end) + 1;
  return end;
}
