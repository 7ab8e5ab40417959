/** Values of one line, in the order of the chart's days. */
interface Values {
  readonly values: readonly (number | null)[];
}

/**
 * The line that is meant by a place in the chart: of lines, the nearest by value on that day; of lines upon each other,
 * the one whose area holds the place. Undefined where no line has a value.
 */
export function nearestLine(lines: readonly Values[], at: number, value: number, stacked: boolean): number | undefined {
  let floor = 0;
  const places = lines.flatMap(({ values }, line) => {
    const own = values[at];
    if (own === null || own === undefined) return [];
    const top = stacked ? floor + own : own;
    const away = stacked ? Math.max(floor - value, value - top, 0) : Math.abs(top - value);
    floor = top;
    return [{ line, away }];
  });
  return places.toSorted((a, b) => a.away - b.away)[0]?.line;
}
