import { dayNumber } from '../base/day.ts';
import { type DemoOptions, demoPieces } from './demo.ts';
import type { DemoManifest } from './manifest.ts';

/** A row read back, every cell as text. */
export type Row = Readonly<Record<string, string>>;
/** A file read back. */
export type File = readonly Row[];

/** A demo brand held in memory: small ones, for tests. */
export interface Demo {
  readonly texts: ReadonlyMap<string, string>;
  readonly manifest: DemoManifest;
}

/** Makes a demo brand in memory. */
export async function make(options: DemoOptions): Promise<Demo> {
  const parts = new Map<string, Uint8Array[]>();
  const pieces = demoPieces(options);
  for (;;) {
    const next = await pieces.next();
    if (next.done) {
      const texts = new Map([...parts].map(([file, bytes]) => [file, Buffer.concat(bytes).toString('utf8')]));
      return { texts, manifest: next.value };
    }
    parts.set(next.value.file, [...(parts.get(next.value.file) ?? []), next.value.bytes]);
  }
}

/** Rows of a file of the brand; the demo's cells never need a quote. */
export function rows({ texts }: Demo, file: string): File {
  const [head = '', ...lines] = (texts.get(file) ?? '').trimEnd().split('\n');
  if (file.endsWith('.jsonl')) {
    return [head, ...lines].map((line) =>
      Object.fromEntries(Object.entries(JSON.parse(line)).map(([name, value]) => [name, String(value)])),
    );
  }
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    if (cells.length !== names.length) throw new Error(`${file}: ${line}`);
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/** Files whose rows are about people. */
export const personal = ['events.csv', 'orders.csv', 'consumers.csv', 'members.csv', 'reviews.jsonl'];

/** An identifier as the contract normalises it. */
export function normal(name: string, value: string): string {
  if (name !== 'id_phone') return value;
  return value.replace(/\D/g, '').replace(/^(00)?86(?=\d{11}$)/, '');
}

/** Day number of a time. */
export function day(text: string | undefined): number {
  return dayNumber((text ?? '').slice(0, 10));
}

export function sum(list: readonly number[]): number {
  return list.reduce((total, one) => total + one, 0);
}
