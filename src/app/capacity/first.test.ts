import { expect, test } from 'vitest';
import type { Context } from '../../intake/context.ts';
import { defaultRules } from '../../model/rules/default.ts';
import { sql } from '../../warehouse/sql.ts';
import { type Asked, analysisOf } from '../asking.ts';
import { secondsFirst } from './first.ts';

/** A home of 100 million events and 10 million consumers. */
const homeWith = (stages: unknown) =>
  ({
    brands: [],
    registry: { rows: async () => (stages === undefined ? [] : [{ state: stages }]) },
    warehouse: { rows: async () => [{ last: 10_000_000, events: 100_000_000 }] },
  }) as unknown as Context; // as: nothing else of it is asked for

const asked = (id: string, tags: boolean): Asked => ({
  analysis: analysisOf(id),
  params: {},
  lens: {
    rules: defaultRules,
    scope: { own: [] },
    kept: true,
    ...(tags ? { tags: { on: '2026-06-30', table: sql`kept` } } : {}),
  },
});

const kept = { commit: 7, batch: 2, own: '[]' };

test.each([
  ['stages of all events where none are kept', 'aipl-stock', undefined, false, 40],
  ['those of other brands are none', 'aipl-stock', { ...kept, own: '["ours"]' }, false, 40],
  ['a build that was killed left none', 'aipl-stock', { commit: 0, batch: 0, own: '[]' }, false, 40],
  ['nothing where they are kept', 'aipl-stock', kept, false, 0],
  ['tags of all consumers where none are kept', 'portrait', kept, false, 270],
  ['both', 'portrait', undefined, false, 310],
  ['nothing where tags are kept', 'portrait', kept, true, 0],
])('before a question goes: %s', async (_, id, stages, tags, seconds) => {
  expect(await secondsFirst(homeWith(stages), asked(id, tags))).toBeCloseTo(seconds, 6);
});
