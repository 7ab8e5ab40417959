import { Select } from 'antd';
import { endingOn } from '../../../format/day.ts';
import { useText } from '../../../text/useText.ts';
import { PeriodPicker } from '../../../ui/form/PeriodPicker.tsx';
import { useLastDay } from '../../../url/usePeriod.ts';
import type { Span } from './bodies.ts';
import { Field, NumberField } from './fields.tsx';

interface SpanFieldProps {
  readonly label?: string;
  readonly value: Span | undefined;
  readonly onChange: (span: Span | undefined) => void;
}

const USUAL_DAYS = 30;

/** The days a condition looks at: ever, the last so many, or fixed ones. */
export function SpanField({ label, value, onChange }: SpanFieldProps) {
  const t = useText().audiences.window;
  const last = useLastDay();
  const mode = value === undefined ? 'ever' : value.days === undefined ? 'fixed' : 'last';
  const pick = (next: string) => {
    if (next === 'ever') onChange(undefined);
    else onChange(next === 'last' ? { days: USUAL_DAYS } : { ...endingOn(last, USUAL_DAYS) });
  };
  const { days, from = last, to = last } = value ?? {};
  const title = label ?? t.title;
  return (
    <Field label={title} shown={false}>
      <Select
        size="small"
        aria-label={title}
        value={mode}
        onChange={pick}
        popupMatchSelectWidth={false}
        options={(['last', 'fixed', 'ever'] as const).map((each) => ({ value: each, label: t[each] }))}
      />
      {mode === 'last' ? (
        <>
          <NumberField
            label={`${title} ${t.dayCount}`}
            value={days}
            least={1}
            most={36_500}
            whole
            onChange={(next) => next !== undefined && onChange({ days: next })}
          />
          <span>{t.days}</span>
        </>
      ) : null}
      {mode === 'fixed' ? <PeriodPicker label={title} value={{ from, to }} onChange={onChange} /> : null}
    </Field>
  );
}
