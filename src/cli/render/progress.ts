import type { Progress, Watch } from '../../base/progress.ts';
import type { Io } from '../io.ts';
import type { Texts } from '../text/text.ts';
import { bytes, count, duration } from './numbers.ts';
import { clip, padEnd, padStart, printable } from './width.ts';

const redrawMs = 100;
const lineMs = 5000;
const barWidth = 10;
const labelWidth = 18;
const lineWidth = 79;

/** A watcher that draws, and what takes its line away. */
export interface ProgressLine {
  readonly watch: Watch;
  end(): void;
}

interface Step {
  readonly name: string;
  readonly startedAt: number;
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return '█'.repeat(full) + '░'.repeat(barWidth - full);
}

function amount({ done, unit, rows }: Progress, text: Texts): string {
  if (rows !== undefined) return `${count(rows)} ${text.progress.units.rows}`;
  return unit === 'bytes' ? bytes(done) : `${count(done)} ${text.progress.units[unit]}`;
}

function speed({ done, unit, rows }: Progress, seconds: number, text: Texts): string {
  const perSecond = (rows ?? done) / seconds;
  return `${rows === undefined && unit === 'bytes' ? bytes(perSecond) : count(perSecond)}${text.progress.perSecond}`;
}

/** One step in a line: what, how far, how fast, how long yet; only what can be told. */
export function progressText(progress: Progress, seconds: number, text: Texts): string {
  const { step, done, total, waits } = progress;
  const label = padEnd(clip(printable(text.progress.steps[step] ?? step), labelWidth), labelWidth);
  if (waits) return clip(`${label}  ${text.progress.waits(waits.place, duration(waits.seconds))}`, lineWidth);
  const share = total ? Math.min(1, done / total) : undefined;
  const far = share === undefined ? [] : [`${bar(share)} ${padStart(`${Math.floor(share * 100)}%`, 4)}`];
  const fast = seconds > 0 && done > 0 ? [speed(progress, seconds, text)] : [];
  const isRunning = share !== undefined && share > 0 && share < 1 && seconds > 0;
  const left = isRunning ? [text.progress.left(duration((seconds * (1 - share)) / share))] : [];
  return clip([label, ...far, amount(progress, text), ...fast, ...left].join('  '), lineWidth);
}

/** Progress on stderr: one line redrawn on a terminal, a plain line every few seconds elsewhere. */
export function progressLine(io: Io, text: Texts): ProgressLine {
  const { stderr } = io;
  const started = io.now().getTime();
  let current: Step = { name: '', startedAt: started };
  let shownAt = stderr.isTTY ? Number.NEGATIVE_INFINITY : started;
  let isDrawn = false;
  return {
    watch: (progress) => {
      const now = io.now().getTime();
      if (current.name !== progress.step) current = { name: progress.step, startedAt: now };
      if (now - shownAt < (stderr.isTTY ? redrawMs : lineMs)) return;
      shownAt = now;
      isDrawn = true;
      const line = progressText(progress, (now - current.startedAt) / 1000, text);
      stderr.write(stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    },
    end: () => {
      if (stderr.isTTY && isDrawn) stderr.write('\r\u001b[K');
    },
  };
}
