import { parentPort } from 'node:worker_threads';
import { type Damage, entriesIn, type Loaded } from '../../collector/log/segment.ts';
import { protocols } from '../../collector/protocols.ts';
import type { Words } from '../../collector/words.ts';
import type { Packed } from './group.ts';
import { Passing, type Shown } from './recent.ts';
import { packedOf } from './unit.ts';

/** Segments to be made into rows. */
export interface Asked {
  readonly segments: readonly Loaded[];
  readonly words: Words;
}

/** The rows of segments, what is shown of them, and where a segment was damaged. */
export interface Translated {
  readonly groups: readonly Packed[];
  readonly shown: readonly Shown[];
  readonly damage: readonly (Damage & { readonly stem: string })[];
}

const byId = new Map(protocols.map((each) => [each.id, each]));

/** Makes rows of segments: in a thread of its own, so that the door is heard meanwhile. */
function translate({ segments, words }: Asked): Translated {
  const damage: (Damage & { stem: string })[] = [];
  const passing = new Passing();
  function* entries() {
    for (const segment of segments)
      yield* entriesIn(segment, (each) => void damage.push({ stem: segment.stem, ...each }));
  }
  const seen = passing.add.bind(passing);
  const groups = packedOf(entries(), { protocols: byId, words, seen });
  return { groups, shown: passing.last(), damage };
}

parentPort?.on('message', (asked: Asked) => {
  parentPort?.postMessage(translate(asked));
});
