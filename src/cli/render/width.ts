import stringWidth from 'string-width';

/** Places a text takes on a terminal: two for a Chinese character, none for a colour code. */
export const widthOf = (text: string): number => stringWidth(text);

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** The text in at most `width` places, with an ellipsis where something is left out. */
export function clip(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Data is shown, never obeyed: line breaks and terminal codes in it become visible marks. */
export function printable(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '⏎').replace(/\p{Cc}/gu, '·');
}

/** Words in lines of at most `width` places; a word longer than that stands alone. */
export function wrap(text: string, width: number, between = ' '): string[] {
  const lines: string[] = [];
  for (const word of text.split(between)) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)}${between}${word}`;
    if (lines.length > 0 && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}
