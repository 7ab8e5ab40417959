import type { Group } from './tree.ts';

/** A draft with its steps back and forth. */
export interface Drafts {
  readonly past: readonly Group[];
  readonly now: Group;
  readonly future: readonly Group[];
  /** What the latest change was about: changes about the same thing in a row are one step. */
  readonly about: string | undefined;
}

export type DraftAction =
  | { readonly type: 'change'; readonly root: Group; readonly about?: string | undefined }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' };

/** Steps that are remembered. */
const MOST = 200;

export function draftsFrom(root: Group): Drafts {
  return { past: [], now: root, future: [], about: undefined };
}

export function drafted(drafts: Drafts, action: DraftAction): Drafts {
  const { past, now, future } = drafts;
  if (action.type === 'change') {
    if (action.root === now) return drafts;
    const goesOn = action.about !== undefined && action.about === drafts.about && past.length > 0;
    return {
      past: goesOn ? past : [...past, now].slice(-MOST),
      now: action.root,
      future: [],
      about: action.about,
    };
  }
  const [from, to] = action.type === 'undo' ? [past, future] : [future, past];
  const next = from.at(-1);
  if (!next) return drafts;
  const [rest, kept] = [from.slice(0, -1), [...to, now]];
  return action.type === 'undo'
    ? { past: rest, now: next, future: kept, about: undefined }
    : { past: kept, now: next, future: rest, about: undefined };
}
