import { useDataState } from '../data/answers.ts';
import { useSession } from '../data/session.ts';
import { type Day, endingOn, isDay, type Period } from '../format/day.ts';
import { useUrlState } from './urlState.ts';

/** The last day that has data; today in the brand's zone where there are none. */
export function useLastDay(): Day {
  const { lastDay } = useDataState();
  const { workspace } = useSession();
  return lastDay ?? workspace.today;
}

/** Days of the period a page looks at unless its address says otherwise. */
export const USUAL_DAYS = 30;

/** The period a page looks at, kept in its address; by default the 30 days that end on the last day of the data. */
export function usePeriod(): [Period, (period: Period) => void] {
  const last = useLastDay();
  const standard = endingOn(last, USUAL_DAYS);
  const [state, set] = useUrlState({ from: standard.from, to: standard.to });
  const usable = isDay(state.from) && isDay(state.to) && state.from <= state.to;
  return [usable ? { from: state.from, to: state.to } : standard, (period) => set({ ...period })];
}

/** The one day a page looks at, kept in its address; by default the last day of the data. */
export function useDay(): [Day, (day: Day) => void] {
  const last = useLastDay();
  const [state, set] = useUrlState({ on: last });
  return [isDay(state.on) ? state.on : last, (on) => set({ on })];
}
