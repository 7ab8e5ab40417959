import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';
import { type Day, endingOn, festivalBy, lengthOf, monthOf, type Period } from '../../format/day.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { useLastDay } from '../../url/usePeriod.ts';

const FORM = 'YYYY-MM-DD';

/** Periods that are asked for again and again, by the last day of the data. */
function usePresets(): { label: string; period: Period }[] {
  const t = useText().ui.period;
  const last = useLastDay();
  return [
    ...[7, 30, 90].map((days) => ({ label: t.days(days), period: endingOn(last, days) })),
    { label: t.thisMonth, period: monthOf(last, 0) },
    { label: t.lastMonth, period: monthOf(last, 1) },
    { label: t.mid618, period: festivalBy(last, 'mid618') },
    { label: t.double11, period: festivalBy(last, 'double11') },
  ];
}

interface PeriodPickerProps {
  readonly value: Period;
  readonly onChange: (period: Period) => void;
  /** What the period is for; 时间段 when absent. */
  readonly label?: string;
}

/** A period with its presets; its length stands in its tip. */
export function PeriodPicker({ value, onChange, label }: PeriodPickerProps) {
  const t = useText().ui.period;
  const format = useFormat();
  const id = useId();
  const presets = usePresets();
  return (
    <DatePicker.RangePicker
      id={{ start: `${id}-from`, end: `${id}-to` }}
      aria-label={label ?? t.label}
      title={t.length(format.count(lengthOf(value)))}
      allowClear={false}
      format={FORM}
      value={[dayjs(value.from), dayjs(value.to)]}
      presets={presets.map(({ label: name, period }) => ({
        label: name,
        value: [dayjs(period.from), dayjs(period.to)],
      }))}
      onChange={(days) => {
        const [from, to] = days ?? [];
        if (from && to) onChange({ from: from.format(FORM), to: to.format(FORM) });
      }}
      style={{ maxWidth: 280 }}
    />
  );
}

interface DayPickerProps {
  readonly value: Day;
  readonly onChange: (day: Day) => void;
  readonly label?: string;
}

/** One day. */
export function DayPicker({ value, onChange, label }: DayPickerProps) {
  const t = useText().ui.period;
  return (
    <DatePicker
      aria-label={label ?? t.day}
      allowClear={false}
      format={FORM}
      value={dayjs(value)}
      onChange={(day) => day && onChange(day.format(FORM))}
      style={{ maxWidth: 180 }}
    />
  );
}
