const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size of a file: 812 B, 1.4 MB. Units are of 1024. */
export function bytesIn(size: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, size)) / 10)));
  const value = size / 1024 ** step;
  return `${step === 0 ? value : value.toFixed(value < 9.95 ? 1 : 0)} ${units[step]}`;
}
