import { useMemo } from 'react';
import { useShelfEntry } from '../../data/answers.ts';
import { useCategoryName } from '../../data/categories.ts';
import { useLocale, useText } from '../../text/useText.ts';

/** The sources of growth in order, with their names, and those of categories. */
export interface Sources {
  readonly metrics: readonly string[];
  source(metric: string): string;
  category(id: string): string;
}

export function useSources(): Sources {
  const locale = useLocale();
  const { grow } = useText().growth;
  const entry = useShelfEntry('grow');
  const name = useCategoryName();
  return useMemo(() => {
    const words = (column: string) => entry?.columns.find(({ id }) => id === column)?.words ?? {};
    const [sources, categories] = [words('metric'), words('category_id')];
    return {
      metrics: Object.keys(sources),
      source: (metric) => sources[metric]?.[locale] ?? metric,
      category: (id) => categories[id]?.[locale] ?? (id === '' ? grow.noCategory : name(id)),
    };
  }, [entry, locale, grow, name]);
}
