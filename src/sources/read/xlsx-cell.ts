/** How Excel shows a number: as a number, a day, a moment, or a time of day. */
export type Shown = 'number' | 'date' | 'datetime' | 'time';

/** Number formats that Excel knows by number alone and that show a date or a time (ECMA-376 18.8.30). */
const builtIn: Readonly<Record<number, Shown>> = { 18: 'time', 19: 'time', 20: 'time', 21: 'time', 22: 'datetime' };

/** How a number format shows a number; `code` is the format's text, absent for the built-in ones. */
export function shownBy(id: number, code: string | undefined): Shown {
  if (code !== undefined) return shownByCode(code);
  if (builtIn[id] !== undefined) return builtIn[id];
  if ((id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56) return 'time';
  return (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : 'number';
}

function shownByCode(code: string): Shown {
  const section = code.split(';')[0] ?? '';
  const bare = section.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (/general|[#0?]/i.test(bare.replace(/s\.0+/gi, 's'))) return 'number';
  const day = /[yde]/i.test(bare);
  const time = /[hs]/i.test(bare);
  if (day) return time ? 'datetime' : 'date';
  return time ? 'time' : /m/i.test(bare) ? 'date' : 'number';
}

const daySeconds = 86_400;
/** Days from Excel's day 0 to 1970-01-01, in the 1900 system (whose year 1900 has a 29 February) and the 1904 one. */
const epoch = { 1900: 25_569, 1904: 24_107 } as const;

/** A serial number of Excel's as local date and time; a time of day alone where it is shown as one. */
export function serialText(serial: number, shown: Shown, system: 1900 | 1904): string {
  const seconds = Math.round(serial * daySeconds);
  if (shown === 'time' && serial < 1) return clock(seconds);
  const days = Math.floor(seconds / daySeconds);
  const real = system === 1900 && days < 60 ? days + 1 : days;
  const day = new Date((real - epoch[system]) * daySeconds * 1000).toISOString().slice(0, 10);
  const rest = seconds - days * daySeconds;
  return shown === 'date' && rest === 0 ? day : `${day} ${clock(rest)}`;
}

function clock(seconds: number): string {
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}

const plainNumber = /^-?\d+(\.\d+)?$/;

/** A number as Excel shows it: with the 15 digits it keeps, so that 0.1 + 0.2 is 0.3. */
export function numberText(value: string): string {
  if (value.length <= 15 && plainNumber.test(value)) return value;
  const number = Number(value);
  return Number.isFinite(number) && value.trim() !== '' ? String(Number(number.toPrecision(15))) : value;
}

/** Text with the characters that a workbook writes as `_x000D_`. */
export function unescapeText(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

/** Zero-based column of a cell's name, `C5` -> 2. */
export function columnOf(name: string): number {
  let column = 0;
  for (let i = 0; i < name.length; i += 1) {
    const letter = name.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}
