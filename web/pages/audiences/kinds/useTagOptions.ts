import { useShelfEntry } from '../../../data/answers.ts';
import { useLocale } from '../../../text/useText.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Values of standard tags that are codes. */
const codes: Readonly<Record<string, readonly string[]>> = { gender: ['f', 'm'] };

/** Tags of a portrait that profiles do not tell; other conditions ask for them. */
const isMade = (tag: string): boolean => tag === 'stage' || tag === 'member' || tag.startsWith('crowd:');

/** Standard tags of profiles, and the codes among their values, by what the shelf calls them; a tenant's own keep their names. */
export function useTagOptions(): { readonly tags: readonly Option[]; values(tag: string): readonly Option[] } {
  const locale = useLocale();
  const columns = useShelfEntry('portrait')?.columns ?? [];
  const wordsOf = (id: string) => columns.find((column) => column.id === id)?.words ?? {};
  const called = (id: string, value: string): Option => ({ value, label: wordsOf(id)[value]?.[locale] ?? value });
  const tags = Object.keys(wordsOf('tag')).filter((tag) => !isMade(tag));
  return {
    tags: tags.map((tag) => called('tag', tag)),
    values: (tag) => (codes[tag] ?? []).map((value) => called('value', value)),
  };
}
