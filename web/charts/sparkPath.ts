/** The line through values as an SVG path, the least at the bottom; a gap lifts the pen. A level line lies in the middle. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values
    .map((value, index) => {
      if (value === null) return '';
      const y = span === 0 ? height / 2 : height - ((value - low) / span) * height;
      const pen = index === 0 || values[index - 1] === null ? 'M' : 'L';
      return `${pen}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
