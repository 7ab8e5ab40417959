/** A run of a sentence: of the console's words, or of the data's own. */
export interface Part {
  readonly text: string;
  readonly isData: boolean;
}

/** A sentence cut where words of the data stand in it, which are in quotes and in this order. */
export function partsOf(sentence: string, data: readonly string[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const word of data) {
    const quoted = [`「${word}」`, `“${word}”`].map((each) => sentence.indexOf(each, from)).filter((at) => at >= 0);
    const at = quoted.length > 0 ? Math.min(...quoted) + 1 : -1;
    if (at < 0) continue;
    parts.push({ text: sentence.slice(from, at), isData: false }, { text: word, isData: true });
    from = at + word.length;
  }
  return [...parts, { text: sentence.slice(from), isData: false }].filter(({ text }) => text !== '');
}
