import { before, isDay, type Period } from '../../format/day.ts';
import { useUrlState } from '../../url/urlState.ts';
import { yearBefore } from './yearBefore.ts';

export const baseKinds = ['before', 'year', 'own'] as const;
export type BaseKind = (typeof baseKinds)[number];

interface Base {
  readonly kind: BaseKind;
  readonly period: Period;
  readonly setKind: (kind: BaseKind) => void;
  readonly setPeriod: (period: Period) => void;
}

/** The period another is compared with, kept in the address. */
export function useBase(period: Period): Base {
  const [state, set] = useUrlState({ base: 'before', base_from: '', base_to: '' });
  const kind = baseKinds.find((each) => each === state.base) ?? 'before';
  const own = { from: state.base_from, to: state.base_to };
  const usable = isDay(own.from) && isDay(own.to) && own.from <= own.to;
  const standard = before(period);
  const base = kind === 'year' ? yearBefore(period) : kind === 'own' && usable ? own : standard;
  return {
    kind,
    period: base,
    setKind: (next) =>
      set(
        next === 'own'
          ? { base: next, base_from: base.from, base_to: base.to }
          : { base: next, base_from: '', base_to: '' },
      ),
    setPeriod: ({ from, to }) => set({ base: 'own', base_from: from, base_to: to }),
  };
}
