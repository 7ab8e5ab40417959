import { CloseOutlined } from '@ant-design/icons';
import { Button, DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useId } from 'react';
import { useText } from '../../../text/useText.ts';
import { useStages } from '../../../ui/useStages.ts';
import type { Range } from './bodies.ts';

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
