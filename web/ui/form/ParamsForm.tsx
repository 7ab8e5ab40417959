import { Form, Input, InputNumber, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import type { Locale } from '../../../src/base/text.ts';
import type { Params } from '../../data/answers.ts';
import { isDay } from '../../format/day.ts';
import { capital, describedIn } from '../../format/words.ts';
import { useLocale, useText } from '../../text/useText.ts';
import { useLastDay } from '../../url/usePeriod.ts';
import { AudienceSelect, AudiencesSelect } from './AudienceSelect.tsx';
import type { Field } from './fields.ts';
import { DayPicker, PeriodPicker } from './PeriodPicker.tsx';
import { BrandSelect, CategorySelect, RulesSelect } from './ScopePicker.tsx';

interface ParamsFormProps {
  readonly fields: readonly Field[];
  readonly value: Params;
  readonly onChange: (change: Record<string, unknown>) => void;
}

/** The form of an analysis, made from its parameters alone; a change asks at once. */
export function ParamsForm({ fields, value, onChange }: ParamsFormProps) {
  const t = useText().ui.form;
  const locale = useLocale();
  return (
    <Form layout="vertical" component="div" className="qc-params">
      {fields.map((field) => (
        <Form.Item
          key={field.name}
          label={labelOf(locale, field)}
          required={field.required}
          htmlFor={`param-${field.name}`}
          {...(field.required && isMissing(field, value) ? { validateStatus: 'error' as const, help: t.required } : {})}
        >
          <Control field={field} value={value} onChange={onChange} />
        </Form.Item>
      ))}
    </Form>
  );
}

/** What a field asks for; a range names both its ends. */
function labelOf(locale: Locale, { description, toDescription }: Field): string {
  const ends = toDescription === undefined ? [description] : [description, toDescription];
  return capital(ends.map((end) => describedIn(locale, end)).join(' – '));
}

function isMissing(field: Field, value: Params): boolean {
  return value[field.name] === undefined || value[field.name] === null || value[field.name] === '';
}

interface ControlProps extends Omit<ParamsFormProps, 'fields'> {
  readonly field: Field;
}

function Control({ field, value, onChange }: ControlProps): ReactNode {
  const { values } = useText().ui.form;
  const { everybody } = useText().audiences;
  const anyAudience = ({ required }: Field) => (required ? undefined : everybody);
  const locale = useLocale();
  const last = useLastDay();
  const held = value[field.name];
  const id = `param-${field.name}`;
  const label = labelOf(locale, field);
  const set = (next: unknown) => onChange({ [field.name]: next ?? undefined });
  const text = typeof held === 'string' ? held : '';
  switch (field.kind) {
    case 'range': {
      const to = field.to ?? '';
      const period = { from: isDay(held) ? held : last, to: isDay(value[to]) ? value[to] : last };
      return (
        <PeriodPicker
          label={label}
          value={period}
          onChange={(next) => onChange({ [field.name]: next.from, [to]: next.to })}
        />
      );
    }
    case 'day':
      return <DayPicker label={label} value={isDay(held) ? held : last} onChange={set} />;
    case 'choice': {
      const options = (field.choices ?? []).map((choice) => ({
        value: choice,
        label: values[String(choice)] ?? String(choice),
      }));
      return (
        <Select
          id={id}
          value={held}
          options={options}
          onChange={set}
          style={{ minWidth: 140 }}
          allowClear={!field.required && field.default === undefined}
        />
      );
    }
    case 'number':
      return <NumberControl id={id} field={field} held={held} set={set} />;
    case 'flag':
      return <Switch id={id} checked={held === true} onChange={set} />;
    case 'brand':
      return <BrandSelect id={id} value={text} onChange={set} />;
    case 'category':
      return <CategorySelect id={id} value={text} onChange={set} />;
    case 'rules':
      return <RulesSelect id={id} value={text} onChange={set} />;
    case 'audience':
      return <AudienceSelect id={id} label={label} none={anyAudience(field)} value={text} onChange={set} />;
    case 'audiences':
      return <AudiencesSelect id={id} label={label} value={textsOf(held)} onChange={(next) => set(listed(next))} />;
    case 'texts':
      return (
        <Select
          id={id}
          mode="tags"
          aria-label={label}
          value={textsOf(held)}
          onChange={(next) => set(listed(next))}
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', '，']}
          style={{ minWidth: 200 }}
        />
      );
    case 'text':
      return (
        <Input
          id={id}
          defaultValue={text}
          onBlur={(event) => set(event.target.value)}
          onPressEnter={(event) => set(event.currentTarget.value)}
        />
      );
  }
}

function textsOf(held: unknown): string[] {
  return Array.isArray(held) ? held.filter((each) => typeof each === 'string') : [];
}

/** A list that says something. */
function listed(values: readonly string[]): readonly string[] | undefined {
  return values.length > 0 ? values : undefined;
}

interface NumberControlProps {
  readonly id: string;
  readonly field: Field;
  readonly held: unknown;
  readonly set: (value: unknown) => void;
}

/** A number is asked once it is finished, not a digit at a time. */
function NumberControl({ id, field, held, set }: NumberControlProps) {
  const t = useText().ui.form;
  const { min, max } = field;
  const tip = min !== undefined && max !== undefined ? t.between(String(min), String(max)) : undefined;
  return (
    <InputNumber
      id={id}
      changeOnWheel={false}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(field.whole ? { precision: 0 } : {})}
      {...(tip ? { title: tip } : {})}
      value={typeof held === 'number' ? held : null}
      onBlur={(event) => event.target.value === '' && set(undefined)}
      onChange={(next) => next !== null && set(next)}
    />
  );
}
