import { useEffect, useRef } from 'react';
import { hashOf, ruleIn } from './link.ts';
import type { RuleData } from './tree.ts';

/** Keeps the draft in the address, so that a link and a reload bring it again; a link that is pasted over it is taken up. */
export function useHash(rule: RuleData, base: RuleData, onRule: (rule: RuleData) => void): void {
  const taken = useRef(onRule);
  taken.current = onRule;
  const text = JSON.stringify(rule);
  const isChanged = text !== JSON.stringify(base);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the rule
  useEffect(() => {
    const hash = isChanged || window.location.hash !== '' ? (hashOf(rule) ?? '') : '';
    if (hash === window.location.hash) return;
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, '', `${pathname}${search}${hash}`);
  }, [text, isChanged]);
  useEffect(() => {
    const onHash = () => {
      const next = ruleIn(window.location.hash);
      if (next) taken.current(next);
    };
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
}
