import { useEffect, useMemo, useState } from 'react';
import type { RuleExplained } from '../../../../src/api/audiences.ts';
import type { Text } from '../../../../src/base/text.ts';
import { useExplained } from '../../../data/audiences.ts';
import { useText } from '../../../text/useText.ts';
import { sayError } from '../../../ui/Failed.tsx';
import { faultsOf, figuresOf, type RuleFaults } from './figures.ts';
import { type Group, placesOf, ruleOf } from './tree.ts';

/** Milliseconds after the last change until a rule is counted. */
const PAUSE = 350;

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), PAUSE);
    return () => window.clearTimeout(timer);
  }, [value]);
  return settled;
}

interface Good {
  readonly root: Group;
  readonly explained: RuleExplained;
}

const noFaults: RuleFaults = { byNode: new Map(), rest: [] };

/** What the server says of a draft: counts of its conditions, or what is wrong with it; the last counts stay meanwhile. */
export function useCounted(root: Group, on: string) {
  const t = useText().ui;
  const asked = useSettled(root);
  const question = useMemo(() => ({ rule: ruleOf(asked), on }), [asked, on]);
  const { data, error, isFetching, isPlaceholderData, refetch } = useExplained(question);
  const [good, setGood] = useState<Good>();
  const fresh = data && !isPlaceholderData && !error ? data : undefined;
  useEffect(() => {
    if (fresh) setGood({ root: asked, explained: fresh });
  }, [fresh, asked]);
  const isGoing = isFetching || asked !== root;
  const faults = useMemo(
    () => (error && !isGoing ? faultsOf(asked, sayError(error, t)) : noFaults),
    [error, isGoing, asked, t],
  );
  const told = useMemo(() => (good ? toldOf(good) : undefined), [good]);
  return {
    explained: good?.explained,
    figures: told?.figures ?? new Map(),
    sentences: told?.sentences ?? new Map<number, Text>(),
    faults,
    isGoing,
    isFaulty: error !== null && !isGoing,
    isStale: good?.root !== root || error !== null,
    again: () => void refetch(),
  };
}

function toldOf({ root, explained }: Good) {
  const byPlace = new Map(explained.conditions.map(({ place, sentence }) => [JSON.stringify(place), sentence]));
  const sentences = new Map<number, Text>();
  for (const [id, { inner }] of placesOf(root)) {
    const sentence = byPlace.get(JSON.stringify(inner));
    if (sentence) sentences.set(id, sentence);
  }
  return { figures: figuresOf(root, explained.conditions), sentences };
}
