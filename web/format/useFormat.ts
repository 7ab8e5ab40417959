import { useMemo } from 'react';
import { useDataStateQuery } from '../data/answers.ts';
import { useSessionQuery } from '../data/session.ts';
import { useLocale } from '../text/useText.ts';
import { momentIn } from './day.ts';
import { brief, difference, exact, type NumberStyle, short, type ValueKind } from './number.ts';

/** Numbers, differences and moments as this workspace and language tell them. */
export interface Format {
  readonly style: NumberStyle;
  /** Short, for cards and charts: 1.2万. Put `exact` into its title. */
  brief(value: unknown, kind: ValueKind): string;
  /** In full, for tables and tips: 12,345. */
  exact(value: unknown, kind: ValueKind): string;
  /** ▲ or ▼ and the size. */
  difference(value: number, kind: ValueKind): string;
  /** A count in full. */
  count(value: number): string;
  short(value: number): string;
  /** Names one after another. */
  list(names: readonly string[]): string;
  /** An ISO moment in the brand's zone. */
  moment(iso: string): string;
}

export function useFormat(): Format {
  const locale = useLocale();
  const { data: session } = useSessionQuery();
  const currency = session?.workspace.currency ?? 'CNY';
  const zone = session?.workspace.zone ?? 'Asia/Shanghai';
  return useMemo(() => {
    const style: NumberStyle = { locale, currency };
    return {
      style,
      brief: (value, kind) => brief(value, kind, style),
      exact: (value, kind) => exact(value, kind, style),
      difference: (value, kind) => difference(value, kind, style),
      count: (value) => exact(value, 'count', style),
      short: (value) => short(value, locale),
      list: (names) => names.join(locale === 'zh' ? '、' : ', '),
      moment: (iso) => momentIn(zone, iso),
    };
  }, [locale, currency, zone]);
}

/** Up to when the data hold, in the brand's zone; undefined in an empty home. */
export function useFreshness(): string | undefined {
  const { data } = useDataStateQuery();
  const { moment } = useFormat();
  return data && data.lastDay !== null ? moment(data.as_of) : undefined;
}
