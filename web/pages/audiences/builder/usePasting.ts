import { useEffect, useRef } from 'react';
import { readRule } from './readRule.ts';
import type { RuleData } from './tree.ts';

/** Takes up a rule that is pasted anywhere but in a field. */
export function usePasting(onRule: (rule: RuleData) => void): void {
  const taken = useRef(onRule);
  taken.current = onRule;
  useEffect(() => {
    const onPaste = async (event: ClipboardEvent) => {
      const { target } = event;
      if (target instanceof Element && target.closest('input, textarea, .ant-modal, .ant-drawer')) return;
      const rule = await readRule(event.clipboardData?.getData('text/plain') ?? '');
      if (rule) taken.current(rule);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
}
