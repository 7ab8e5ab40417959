import { CloseOutlined } from '@ant-design/icons';
import { Button, DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useId } from 'react';
import { useDataState } from '../../../data/answers.ts';
import { useCategoryName } from '../../../data/categories.ts';
import { endingOn } from '../../../format/day.ts';
import { useText } from '../../../text/useText.ts';
import { PeriodPicker } from '../../../ui/form/PeriodPicker.tsx';
import { useStages } from '../../../ui/useStages.ts';
import { useLastDay } from '../../../url/usePeriod.ts';
import type { Range, Span, Where, WhereColumn } from './bodies.ts';

interface FieldProps {
  readonly label: string;
  /** The label stands in front of the field, not only in its name. */
  readonly shown?: boolean;
  /** Takes the field away. */
  readonly onClear?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** One field of a condition: its name, the field, and taking it away. */
export function Field({ label, shown = true, onClear, children }: FieldProps) {
  const { clear } = useText().audiences;
  return (
    <span className="qc-rule-field">
      {shown ? <span className="qc-muted qc-small">{label}</span> : null}
      {children}
      {onClear ? (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={clear(label)}
          title={clear(label)}
          onClick={onClear}
        />
      ) : null}
    </span>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly placeholder?: string;
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** A number; empty is none. */
export function NumberField({ label, value, onChange, placeholder, least, most, whole }: NumberFieldProps) {
  return (
    <InputNumber
      size="small"
      aria-label={label}
      changeOnWheel={false}
      style={{ width: 76 }}
      value={value ?? null}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(least === undefined ? {} : { min: least })}
      {...(most === undefined ? {} : { max: most })}
      {...(whole ? { precision: 0 } : {})}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

interface RangeFieldProps {
  readonly label: string;
  readonly value: Range | undefined;
  readonly onChange: (range: Range | undefined) => void;
  readonly onClear?: () => void;
  readonly shown?: boolean;
}

/** Two bounds, either may be empty; both empty is no range. */
export function RangeField({ label, value = {}, onChange, onClear, shown }: RangeFieldProps) {
  const t = useText().audiences.range;
  const put = (change: Range) => {
    const { min, max } = { ...value, ...change };
    if (min === undefined && max === undefined) onChange(undefined);
    else onChange({ ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) });
  };
  return (
    <Field label={label} onClear={onClear} {...(shown === undefined ? {} : { shown })}>
      <NumberField
        label={`${label} ${t.from}`}
        placeholder={t.from}
        value={value.min}
        onChange={(min) => put({ min })}
      />
      <span className="qc-muted">–</span>
      <NumberField label={`${label} ${t.to}`} placeholder={t.to} value={value.max} onChange={(max) => put({ max })} />
    </Field>
  );
}

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

interface TextsFieldProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (values: string[]) => void;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly onClear?: () => void;
  readonly shown?: boolean;
  /** Only what the options have may be picked. */
  readonly closed?: boolean;
}

/** Several values: picked from what is known, or written. */
export function TextsField({ label, value, onChange, options = [], onClear, shown, closed }: TextsFieldProps) {
  const t = useText().audiences;
  return (
    <Field label={label} onClear={onClear} {...(shown === undefined ? {} : { shown })}>
      <Select
        size="small"
        mode={closed ? 'multiple' : 'tags'}
        aria-label={label}
        value={[...value]}
        onChange={onChange}
        options={[...options]}
        showSearch={{ optionFilterProp: 'label' }}
        tokenSeparators={[',', '，', ' ']}
        maxTagCount={6}
        placeholder={closed ? label : t.values}
        popupMatchSelectWidth={false}
        className="qc-rule-texts"
      />
    </Field>
  );
}

interface SuggestFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label?: string }[];
}

/** A word that is written, with those that are known below it. */
export function SuggestField({ label, value, onChange, options }: SuggestFieldProps) {
  const id = useId();
  return (
    <>
      <Input
        size="small"
        aria-label={label}
        placeholder={label}
        list={id}
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        style={{ width: 130 }}
      />
      <datalist id={id}>
        {options.map((each) => (
          <option key={each.value} value={each.value} label={each.label} />
        ))}
      </datalist>
    </>
  );
}

interface WhereFieldProps {
  readonly column: WhereColumn;
  readonly where: Where;
  readonly onChange: (where: Where | undefined) => void;
  readonly onClear: () => void;
}

/** Allowed values of one column of an event or a paid line. */
export function WhereField({ column, where, onChange, onClear }: WhereFieldProps) {
  const t = useText().audiences;
  const { brands, categories } = useDataState();
  const nameOf = useCategoryName();
  const known: Partial<Record<WhereColumn, { value: string; label: string }[]>> = {
    brand: brands.map((value) => ({ value, label: value })),
    category_id: categories.map((value) => ({ value, label: nameOf(value) })),
  };
  const put = (values: string[]) => {
    const entries = Object.entries({ ...where, [column]: values }).filter(([, each]) => each && each.length > 0);
    onChange(entries.length > 0 ? Object.fromEntries(entries) : undefined);
  };
  return (
    <TextsField
      label={t.where[column] ?? column}
      value={where[column] ?? []}
      options={known[column] ?? []}
      onChange={put}
      onClear={onClear}
    />
  );
}

interface StagesFieldProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (codes: string[]) => void;
  readonly shown?: boolean;
}

/** Stages of the rules in use, and none. */
export function StagesField(props: StagesFieldProps) {
  const stages = useStages();
  const codes = [...new Set([...stages.codes, 'none', ...props.value])];
  return <TextsField {...props} closed options={codes.map((value) => ({ value, label: stages.name(value) }))} />;
}

interface DayFieldProps {
  readonly label: string;
  readonly none: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

/** A day, or none for the day asked. */
export function DayField({ label, none, value, onChange }: DayFieldProps) {
  const id = useId();
  return (
    <Field label={label} shown={false}>
      <DatePicker
        id={id}
        size="small"
        aria-label={label}
        placeholder={none}
        value={value ? dayjs(value) : null}
        onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : undefined)}
        style={{ width: 128 }}
      />
    </Field>
  );
}
