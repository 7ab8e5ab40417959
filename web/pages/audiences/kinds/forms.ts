import { age } from './age.ts';
import { audience } from './audience.tsx';
import { bought } from './bought.tsx';
import { cityTier } from './cityTier.ts';
import { consent } from './consent.tsx';
import { crowd } from './crowd.tsx';
import { did } from './did.tsx';
import type { KindForm } from './form.ts';
import { has } from './has.tsx';
import { list } from './list.tsx';
import { lookalike } from './lookalike.tsx';
import { member } from './member.tsx';
import { moved } from './moved.tsx';
import { region } from './region.tsx';
import { repurchased } from './repurchased.tsx';
import { rfm } from './rfm.tsx';
import { sample } from './sample.tsx';
import { score } from './score.tsx';
import { sequence } from './sequence.tsx';
import { spendLevel } from './spendLevel.ts';
import { stage } from './stage.tsx';
import { stayed } from './stayed.tsx';
import { tag } from './tag.tsx';
import { top } from './top.tsx';

/** Every kind of condition that has a form, in the order in which they are offered. */
export const forms: readonly KindForm[] = [
  did,
  bought,
  repurchased,
  sequence,
  top,
  stage,
  moved,
  stayed,
  rfm,
  score,
  member,
  tag,
  age,
  region,
  cityTier,
  spendLevel,
  crowd,
  has,
  consent,
  audience,
  list,
  lookalike,
  sample,
];

/** The form that shows all of a condition; undefined where it has none. */
export function formOf(kind: string, body: unknown): KindForm | undefined {
  const form = forms.find((each) => each.name === kind);
  return form?.fits(body) ? form : undefined;
}
