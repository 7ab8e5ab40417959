import { useText } from '../../../text/useText.ts';

/** What a kind of condition is called; one without a form by its own name. */
export function useKindTitle(): (kind: string) => string {
  const { forms } = useText().audiences;
  const titles = forms as Readonly<Record<string, string | { readonly title?: string }>>;
  return (kind) => {
    const form = titles[kind];
    return (typeof form === 'object' ? form.title : undefined) ?? kind;
  };
}
