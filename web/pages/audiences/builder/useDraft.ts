import { useCallback, useEffect, useReducer } from 'react';
import { drafted, draftsFrom } from './history.ts';
import { type Group, rootOf } from './tree.ts';

/** The draft of a rule with its steps back and forth; Ctrl+Z and Ctrl+Shift+Z take them. */
export function useDraft(rule: unknown) {
  const [drafts, dispatch] = useReducer(drafted, rule, (first) => draftsFrom(rootOf(first)));
  const change = useCallback((root: Group, about?: string) => dispatch({ type: 'change', root, about }), []);
  const undo = useCallback(() => dispatch({ type: 'undo' }), []);
  const redo = useCallback(() => dispatch({ type: 'redo' }), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || hasOwnSteps(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo, redo]);
  return {
    root: drafts.now,
    change,
    undo: drafts.past.length > 0 ? undo : undefined,
    redo: drafts.future.length > 0 ? redo : undefined,
  };
}

/** Whether a field takes back what was typed into it by itself: longer texts, and the fields of a dialog. */
function hasOwnSteps(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('textarea, .ant-modal, .ant-drawer') !== null;
}
