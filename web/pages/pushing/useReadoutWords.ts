import { grouped, money } from '../../format/number.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { LEAST, type Lifted, liftedOf, MONEY, type ReadoutRow } from './readout.ts';

/** A read-out in words. */
export interface ReadoutWords {
  name(row: ReadoutRow): string;
  /** `推送组购买率 6.1%，对照组 4.9%，提升 +1.2 点（95% 区间 0.4 至 2.0 点）`; or why there is nothing to tell. */
  sentence(row: ReadoutRow): string;
  p(value: number): string;
}

/** Below it a chance is told as less than it. */
const LEAST_P = 0.001;

export function useReadoutWords(): ReadoutWords {
  const t = useText().pushes.readout;
  const format = useFormat();
  const { locale } = format.style;
  const signed = (value: number, text: string) => (value > 0 ? `+${text}` : text);
  const amount = (value: number) => signed(value, money(value, format.style));
  const points = ({ lift, low, high }: Lifted) => {
    const places = Math.max(Math.abs(low), Math.abs(high)) < 0.01 ? 2 : 1;
    const told = (value: number) => grouped(100 * value, locale, places).replace(/^-0$/, '0');
    return t.lift(t.points(signed(lift, told(lift))), told(low), t.points(told(high)));
  };
  const p = (value: number) =>
    value < LEAST_P ? t.less(String(LEAST_P)) : t.equals(grouped(value, locale, value < 0.1 ? 3 : 2));
  const name = ({ metric }: ReadoutRow) => t.names[metric] ?? metric;
  const unknown = ({ metric, treated, control }: ReadoutRow) => {
    const isEnough = Math.min(treated, control) >= LEAST;
    if (metric === 'strategic_crowd_share' && isEnough) return t.unknown;
    return t.small(format.count(treated), format.count(control), LEAST);
  };
  const sentence = (row: ReadoutRow) => {
    const { treated_value: treated, control_value: control } = row;
    if (treated === null || control === null) return unknown(row);
    const kind = row.metric === MONEY ? 'money' : 'rate';
    const values = t.values(name(row), format.exact(treated, kind), format.exact(control, kind));
    const lifted = liftedOf(row);
    if (!lifted) return values;
    const { lift, low, high } = lifted;
    const told = kind === 'money' ? t.lift(amount(lift), amount(low), amount(high)) : points(lifted);
    return [values, told, ...(row.p === null ? [] : [t.p(p(row.p))])].join(t.comma);
  };
  return { name, sentence, p };
}
