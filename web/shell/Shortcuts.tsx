import { Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useCan } from '../data/session.ts';
import { pages } from '../pages.ts';
import { useText } from '../text/useText.ts';
import { Keys } from './Keys.tsx';

/** How long after `g` a letter still leads to a page. */
const MS_TO_FOLLOW = 1500;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Focuses the page's search field: the first with `data-search`, else the first of type search. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[data-search], main input[type="search"]');
  field?.focus();
  return field !== null;
}

/** Keys that work on every page: `g` and a letter, `/`, `?`. */
export function Shortcuts() {
  const t = useText().shell;
  const [, go] = useLocation();
  const can = useCan();
  const [shown, setShown] = useState(false);
  const led = useRef(0);
  useEffect(() => {
    const follow = (letter: string): boolean => {
      const entry = pages.find((each) => each.letter === letter && can(each.permission));
      if (entry) go(entry.path);
      return entry !== undefined;
    };
    const show = (): boolean => {
      setShown(true);
      return true;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const following = event.timeStamp - led.current < MS_TO_FOLLOW;
      led.current = event.key === 'g' && !following ? event.timeStamp : 0;
      const taken =
        (following && follow(event.key)) || (event.key === '/' && focusSearch()) || (event.key === '?' && show());
      if (taken) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [can, go]);
  return (
    <Modal open={shown} onCancel={() => setShown(false)} footer={null} title={t.keys}>
      <Keys />
    </Modal>
  );
}
