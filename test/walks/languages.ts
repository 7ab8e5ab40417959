import type { Response } from 'playwright-core';
import type { Locale } from '../../src/base/text.ts';
import { en } from '../../web/text/en.ts';
import { zh } from '../../web/text/zh.ts';

const han = /\p{Script=Han}+/gu;

export function isOfServer(response: Response): boolean {
  return (
    new URL(response.url()).pathname.startsWith('/api/') &&
    (response.headers()['content-type'] ?? '').startsWith('application/json')
  );
}

/** Texts below a value by the way to them; functions have none. */
function* textsIn(value: unknown, way = ''): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [way, value];
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) yield* textsIn(each, `${way}/${name}`);
}

/** Words of the console that are English only: what Chinese has too (`SQL`, `GROW`, `1.2`) is left out. */
const englishOnly: ReadonlySet<string> = (() => {
  const chinese = new Set([...textsIn(zh)].map(([, text]) => text));
  return new Set(
    [...textsIn(en)].map(([, text]) => text).filter((text) => !chinese.has(text) && /[a-z]{3}/i.test(text)),
  );
})();

/** What the server has told a page: values of the data, and the English of texts that it has in both languages. */
export class Told {
  readonly #values = new Set<string>();
  readonly english = new Set<string>();
  #joined: string | undefined;

  add(answer: unknown): void {
    for (const [way, text] of textsIn(answer)) {
      if (way.endsWith('/en') && /[a-z]{3}/i.test(text)) this.english.add(text);
      if (!/\/(zh|en|markdown)$/.test(way)) this.#values.add(text);
    }
    this.#joined = undefined;
  }

  /** Whether some value of the data has this in it. */
  has(text: string): boolean {
    this.#joined ??= [...this.#values].join('\n');
    return this.#joined.includes(text);
  }
}

/** A run of English words, as a sentence has it. */
const englishWords = /\b[A-Za-z][a-z]+(?: [a-z]{2,}){2,}/;

/** Texts of a page that are of the other language, and no value that the data brought. */
export function strangers(locale: Locale, texts: readonly string[], told: Told): string[] {
  if (locale === 'en') return texts.filter((text) => (text.match(han) ?? []).some((word) => !told.has(word)));
  return texts
    .filter((text) => englishOnly.has(text) || told.english.has(text) || englishWords.test(text))
    .filter((text) => !told.has(text));
}
