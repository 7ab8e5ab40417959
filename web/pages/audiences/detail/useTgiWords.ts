import { useShelfEntry } from '../../../data/answers.ts';
import { useCrowds } from '../../../data/audiences.ts';
import { useSay } from '../../../text/useText.ts';
import { useCells } from '../../../ui/answer/useCells.tsx';
import { useStages } from '../../../ui/useStages.ts';
import type { TgiCell } from './tgi.ts';

/** Tags of a portrait that are taxonomies of crowds begin with this. */
const CROWD = 'crowd:';

/** What tags and their values are called: by the shelf, by the rules in use, by the taxonomies of crowds. */
export function useTgiWords() {
  const say = useSay();
  const cells = useCells();
  const stages = useStages();
  const { data: taxonomies = [] } = useCrowds();
  const columns = useShelfEntry('portrait')?.columns ?? [];
  const told = (id: 'tag' | 'value', value: string): string => {
    const column = columns.find((each) => each.id === id);
    return column ? cells.text(column, value) : value;
  };
  const taxonomyOf = (tag: string) =>
    tag.startsWith(CROWD) ? taxonomies.find(({ name }) => name === tag.slice(CROWD.length)) : undefined;
  return {
    tag: (tag: string): string => {
      const taxonomy = taxonomyOf(tag);
      return taxonomy ? say(taxonomy.title) : told('tag', tag);
    },
    value: ({ tag, value }: Pick<TgiCell, 'tag' | 'value'>): string => {
      if (tag === 'stage' && stages.has(value)) return stages.name(value);
      const crowd = taxonomyOf(tag)?.crowds.find(({ id }) => id === value);
      return crowd ? say(crowd.title) : told('value', value);
    },
  };
}
