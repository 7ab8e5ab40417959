import type { Texts } from '../text/zh.ts';

/** A text that reads well and lacks the parts it must have. */
export class LacksError extends Error {
  readonly parts: readonly string[];

  constructor(parts: readonly string[]) {
    super(parts.join(', '));
    this.parts = parts;
  }
}

/** Why a text of JSON or YAML cannot be read: where its parser stopped, or what it lacks. */
export function sayReading(error: unknown, text: string, t: Texts['ui']): string {
  if (error instanceof LacksError) return t.reading.lacks(error.parts.join(t.reading.between));
  const at = placeIn(error, text);
  return at ? t.reading.at(at.line, at.column) : t.reading.unclear;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The place that a parser tells: YAML's as numbers, JSON's within its message. */
function placeIn(error: unknown, text: string): Place | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('linePos' in error) {
    const [from] = error.linePos as ReadonlyArray<{ line: number; col: number }>; // as: YAMLParseError's own
    return from && { line: from.line, column: from.col };
  }
  const [, line, column] = /line (\d+) column (\d+)/.exec(error.message) ?? [];
  if (line && column) return { line: Number(line), column: Number(column) };
  const [, position] = /position (\d+)/.exec(error.message) ?? [];
  if (position) return placeOf(text, Number(position));
  return error.message.includes('end of JSON') ? placeOf(text, text.length) : undefined;
}

function placeOf(text: string, position: number): Place {
  const lines = text.slice(0, position).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
