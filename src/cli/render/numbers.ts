const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 });
const twoPlaces = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const onePlace = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** What stands where there is no value. */
export const absent = '–';

export const count = (value: number): string => whole.format(value);

/** A number of unknown kind: its thousands separated, at most four decimals. */
export const plain = (value: number): string => exact.format(value);

export const money = (value: number): string => twoPlaces.format(value);

/** A share 0..1 as percent, as on screen only. */
export const percent = (share: number): string => `${onePlace.format(share * 100)}%`;

/** A difference with its sign and, for the eye, its direction. */
export function signed(value: number, format: (value: number) => string): string {
  if (value === 0) return '=';
  return value > 0 ? `▲ +${format(value)}` : `▼ −${format(-value)}`;
}

/** Percentage points between two shares. */
export const points = (difference: number): string => onePlace.format(difference * 100);

/** A length of time for a reader: `7 s`, `3:05`, `2:10:00`. */
export function duration(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds));
  if (rounded < 60) return `${rounded} s`;
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor(rounded / 60) % 60;
  const rest = pad(rounded % 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Bytes in binary multiples: `1.5 GB`. */
export function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return `${step === 0 ? whole.format(value) : onePlace.format(value / 1024 ** step)} ${units[step]}`;
}
