/** What an event of a client's vocabulary means in the contract's. */
export interface Word {
  readonly behavior: string;
  /** One row for each of the event's products, each its own event; without products one row for all. */
  readonly perProduct?: true;
  /** A `refund` of the whole order even where it lists products (a cancellation); others that do are partial. */
  readonly whole?: true;
}

/** Event names (lower case, spaces for separators) and what they mean; what is not here keeps its own name. */
export type Words = Readonly<Record<string, Word>>;

/** A name as the tables have it: `Product_Added`, `productAdded` and `Product Added` are one. */
export function wordKey(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[\s_\-.:]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** What an event of this name means: the table's word, or an event of its own name (`Sample Requested`: `sample_requested`). */
export function meaning(name: string, words: Words): Word {
  const key = wordKey(name);
  const word = Object.hasOwn(words, key) ? words[key] : undefined;
  return word ?? { behavior: ownName(name, key) };
}

/** Letters and digits with underscores between; a name without Latin letters and digits as it stands. At most 200 places. */
function ownName(name: string, key: string): string {
  const own = /[a-z0-9]/.test(key) ? key.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '') : name.trim();
  return [...own].slice(0, 200).join('');
}
