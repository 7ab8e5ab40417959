import { useShelfEntry } from '../../data/answers.ts';
import { capital, describedIn } from '../../format/words.ts';
import { useLocale } from '../../text/useText.ts';

/** What a parameter of an analysis is called: its description in the language in use. */
export function useParamTitle(id: string): (name: string) => string {
  const locale = useLocale();
  const properties = useShelfEntry(id)?.params.properties as
    | Readonly<Record<string, { description?: string }>>
    | undefined;
  return (name) => capital(describedIn(locale, properties?.[name]?.description ?? name));
}
