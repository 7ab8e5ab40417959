import type { Command } from 'commander';
import type { Watch } from '../base/progress.ts';
import type { Locale } from '../base/text.ts';
import type { Io } from './io.ts';
import type { Product } from './product.ts';
import { type Paint, paintOf } from './render/paint.ts';
import { progressLine } from './render/progress.ts';
import { type Texts, texts } from './text/text.ts';

export const formats = ['table', 'json', 'csv'] as const;
export type Format = (typeof formats)[number];

interface Globals {
  readonly home?: string;
  readonly format?: Format;
  readonly quiet?: boolean;
}

/** One call of the program: its language, its home, where its answers go. */
export interface Session {
  readonly io: Io;
  readonly locale: Locale;
  readonly text: Texts;
  readonly paint: Paint;
  /** What the program exits with when nothing is thrown. */
  exitCode: number;
  /** What is said when the user interrupts work that has no other end; it then exits with 0. */
  endsByInterruption: (() => string) | undefined;
  format(): Format;
  /** The folder that was asked for, if any. */
  home(): string | undefined;
  /** Opens the home once, and does work on it under a progress line. */
  withProduct<T>(work: (product: Product, watch: Watch) => Promise<T>): Promise<T>;
  /** Does work under a progress line that needs no home opened. */
  watched<T>(work: (watch: Watch) => Promise<T>): Promise<T>;
  /** The home, opened if it was not. */
  product(): Promise<Product>;
  /** Has something closed before the home is let go. */
  onClose(work: () => Promise<void>): void;
  /** Lets the home go. */
  close(): Promise<void>;
}

/** A session that opens nothing yet; the options of `program` are read when a command asks. */
export function openSession(program: Command, io: Io, locale: Locale): Session {
  const text = texts[locale];
  const globals = () => program.opts<Globals>();
  let opened: Promise<Product> | undefined;
  const closers: Array<() => Promise<void>> = [];
  const product = () => {
    opened ??= io.openProduct(globals().home, io.env, io.now);
    return opened;
  };
  const watched = async <T>(work: (watch: Watch) => Promise<T>): Promise<T> => {
    if (globals().quiet) return work(() => {});
    const line = progressLine(io, text);
    try {
      return await work(line.watch);
    } finally {
      line.end();
    }
  };
  return {
    io,
    locale,
    text,
    paint: paintOf(io),
    exitCode: 0,
    endsByInterruption: undefined,
    format: () => globals().format ?? (io.stdout.isTTY ? 'table' : 'json'),
    home: () => globals().home,
    product,
    watched,
    withProduct: async (work) => {
      const home = await product();
      return watched((watch) => work(home, watch));
    },
    onClose: (work) => void closers.push(work),
    close: async () => {
      for (const work of closers.splice(0)) await work();
      // Note: a home that could not be opened has told why already; there is nothing to let go.
      const home = await opened?.catch(() => undefined);
      opened = undefined;
      await home?.close();
    },
  };
}
