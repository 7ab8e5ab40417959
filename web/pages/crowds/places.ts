import { isNode, LineCounter, parseDocument } from 'yaml';

/** One fault that the server tells of a taxonomy: where, and what is wrong there. */
export interface PlacedFault {
  /** Way to the part, `crowds.2.rule.age`; empty where none is told. */
  readonly place: string;
  readonly what: string;
}

const placed = /(?:^|[\s；;：:])((?:crowds|name|title|taxonomy)(?:\.[A-Za-z0-9_]+)*)[：:]\s*/g;

/** The faults of a text that names places; a text that names none is one fault. */
export function faultsIn(text: string): PlacedFault[] {
  const found = [...text.matchAll(placed)];
  if (found.length === 0) return [{ place: '', what: text }];
  return found.map((each, at) => {
    const end = found[at + 1]?.index ?? text.length;
    return { place: each[1] ?? '', what: text.slice(each.index + each[0].length, end).replace(/[\s；;]+$/, '') };
  });
}

/** The line, from 1, of a place in a text of YAML or JSON: of the nearest part above it that is there. */
export function lineOf(text: string, place: string): number {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const way = place.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  for (let length = way.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(way.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Where a line begins and ends in a text, in characters. */
export function rangeOfLine(text: string, line: number): readonly [number, number] {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return [start, start + (lines[line - 1]?.length ?? 0)];
}
