import { expect, test } from 'vitest';
import { type DraftAction, drafted, draftsFrom } from './history.ts';
import { type Group, groupOf } from './tree.ts';

const [one, two, three] = [groupOf('all', []), groupOf('any', []), groupOf('all', [])];

const change = (root: Group, about?: string): DraftAction => ({ type: 'change', root, about });
const undo: DraftAction = { type: 'undo' };
const redo: DraftAction = { type: 'redo' };

test.each<[string, readonly DraftAction[], Group]>([
  ['undo goes one step back', [change(two), change(three), undo], two],
  ['redo goes forth again', [change(two), change(three), undo, undo, redo], two],
  ['undo before the first step stays', [undo, undo], one],
  ['redo without an undo stays', [change(two), redo], two],
  ['a change forgets what was undone', [change(two), undo, change(three), redo], three],
  ['changes about the same in a row are one step', [change(two, 'days'), change(three, 'days'), undo], one],
  ['changes about different things are two', [change(two, 'days'), change(three, 'count'), undo], two],
  ['after an undo the same thing is a step of its own', [change(two, 'a'), undo, redo, change(three, 'a'), undo], two],
])('%s', (_name, actions, expected) => {
  expect(actions.reduce(drafted, draftsFrom(one)).now).toBe(expected);
});
