/** The language: a line a kind of condition. */
export { all } from './kinds/all.ts';
export { any } from './kinds/any.ts';
export { audience } from './kinds/audience.ts';
export { bought } from './kinds/bought.ts';
export { did } from './kinds/did.ts';
export { member } from './kinds/member.ts';
export { moved } from './kinds/moved.ts';
export { not } from './kinds/not.ts';
export { sequence } from './kinds/sequence.ts';
export { stage } from './kinds/stage.ts';
export { tag } from './kinds/tag.ts';
