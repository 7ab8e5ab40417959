import { z } from 'zod';
import { InputError, NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { spaced } from '../../base/spaced.ts';
import type { Text } from '../../base/text.ts';
import { sql } from '../../warehouse/sql.ts';
import { assigned } from '../crowds/assigned.ts';
import { taxonomyPresets } from '../crowds/presets.ts';
import { UNKNOWN } from '../crowds/taxonomy.ts';
import { defineKind } from '../rule.ts';
import { listText } from '../where.ts';

const body = z.strictObject({
  taxonomy: z.string().min(1).max(60),
  in: z.array(z.string().min(1).max(60)).min(1).max(60),
});

/** In one of these crowds of a taxonomy: the first of its crowds that takes the consumer; `unknown` is none of them. */
export const crowd = defineKind<z.infer<typeof body>>({
  name: 'crowd',
  looksAtStages: true,
  schema: body,
  example: '{"crowd": {"taxonomy": "eight", "in": ["z_era"]}}',
  isRelative: true,
  flag: ({ taxonomy, in: held }, asking) => {
    const found = asking.crowds?.get(taxonomy);
    if (!found) throw new NotFoundError('crowds', say('crowds.none', { name: taxonomy }));
    const ids = [UNKNOWN, ...found.crowds.map(({ id }) => id)];
    const wrong = held.find((id) => !ids.includes(id));
    if (wrong !== undefined)
      throw new InputError('crowd', say('crowd.none', { id: wrong, name: taxonomy, known: ids.join(', ') }));
    const places = held.map((id) => ids.indexOf(id));
    const { place, empty } = assigned(found, asking);
    return { test: sql`${place} IN ${places}`, empty: places.includes(empty) };
  },
  sentence: ({ taxonomy, in: held }) => {
    const { title, crowdOf } = called(taxonomy);
    const [zh, en] = [listText(held.map((id) => crowdOf(id).zh)).zh, listText(held.map((id) => crowdOf(id).en)).en];
    return { zh: spaced`属于${title.zh}中的${zh}`, en: `in the crowd ${en} of ${title.en}` };
  },
});

/** What a taxonomy and its crowds are called: those of the program by their titles, a tenant's own as they were named. */
function called(name: string): { readonly title: Text; crowdOf(id: string): Text } {
  const asWritten = (id: string): Text => ({ zh: id, en: id });
  const preset = taxonomyPresets.find((each) => each.name === name.replace(/@.*$/, ''));
  const crowdOf = (id: string): Text =>
    id === UNKNOWN
      ? { zh: '未归类', en: 'unknown' }
      : (preset?.crowds.find((each) => each.id === id)?.title ?? asWritten(id));
  return { title: preset?.title ?? asWritten(name), crowdOf };
}
