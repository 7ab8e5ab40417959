import type { Io } from '../io.ts';

/** Words in colour: on a terminal that wants it, 256-colour ANSI; elsewhere the words alone. */
export interface Paint {
  /** Whether anything is coloured, so that a picture can fall back on shapes. */
  readonly inColour: boolean;
  /** Colour of a stage by its level, 1 the shallowest; 0 is no stage. */
  stage(level: number, text: string): string;
  gain(text: string): string;
  loss(text: string): string;
  /** Depth of a heat map, 0..1. */
  heat(depth: number, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

/** From light to deep; the first is for no stage. The other surfaces use the same order. */
const stageColours = [245, 158, 79, 36, 29, 23] as const;
const heatColours = [254, 195, 159, 116, 73, 30] as const;
const gainColour = 32;
const lossColour = 166;

function plain(): Paint {
  const same = (text: string) => text;
  const second = (_: number, text: string) => text;
  return { inColour: false, stage: second, gain: same, loss: same, heat: second, strong: same, faint: same };
}

function coloured(): Paint {
  const colour = (code: number, text: string) => `\u001b[38;5;${code}m${text}\u001b[0m`;
  const pick = (of: readonly number[], at: number) => of[Math.max(0, Math.min(of.length - 1, at))] ?? 0;
  return {
    inColour: true,
    stage: (level, text) => colour(pick(stageColours, level), text),
    gain: (text) => colour(gainColour, text),
    loss: (text) => colour(lossColour, text),
    heat: (depth, text) => colour(pick(heatColours, Math.round(depth * (heatColours.length - 1))), text),
    strong: (text) => `\u001b[1m${text}\u001b[0m`,
    faint: (text) => `\u001b[2m${text}\u001b[0m`,
  };
}

/** The paint of standard output; the environment's NO_COLOR, if set to anything, forbids colours. */
export function paintOf(io: Io): Paint {
  return io.stdout.isTTY && !io.env.NO_COLOR && io.env.TERM !== 'dumb' ? coloured() : plain();
}

/** A change in the colour of its sign; none for no change. */
export function bySign(paint: Paint, difference: number, text: string): string {
  if (difference === 0) return text;
  return difference > 0 ? paint.gain(text) : paint.loss(text);
}
