const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A bar of `share` 0..1 of the width, to an eighth of a place; anything above nothing shows. */
export function barOf(share: number, width: number): string {
  const units = share > 0 ? Math.max(1, Math.round(Math.min(1, share) * width * 8)) : 0;
  return '█'.repeat(Math.floor(units / 8)) + (eighths[units % 8] ?? '');
}

/** A line of heights between the least and the greatest value; a gap where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  return values
    .map((value) => {
      if (value === null) return ' ';
      return heights[span === 0 ? 3 : Math.round(((value - low) / span) * (heights.length - 1))] ?? '';
    })
    .join('');
}

/** Places for each part of a whole, in proportion, by largest remainder; every part above nothing gets one. */
export function placesOf(parts: readonly number[], width: number): number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum === 0) return parts.map(() => 0);
  const shares = parts.map((part) => (part / sum) * width);
  const places = shares.map((share, i) => ((parts[i] ?? 0) > 0 ? Math.max(1, Math.floor(share)) : 0));
  let spare = width - places.reduce((total, place) => total + place, 0);
  while (spare !== 0) {
    const step = Math.sign(spare);
    const owed = shares.map((share, i) =>
      (places[i] ?? 0) + step >= 1 && share > 0 ? (share - (places[i] ?? 0)) * step : -Infinity,
    );
    const most = Math.max(...owed);
    if (most === Number.NEGATIVE_INFINITY) break;
    const at = owed.indexOf(most);
    places[at] = (places[at] ?? 0) + step;
    spare -= step;
  }
  return places;
}
