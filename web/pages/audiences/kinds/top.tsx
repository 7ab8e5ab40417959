import { Select } from 'antd';
import { useText } from '../../../text/useText.ts';
import { BehaviorSelect } from '../../rules/BehaviorSelect.tsx';
import { given, hasOnly, isNumber, isSpan, isText, isTexts, isWhere, type Span, type Where } from './bodies.ts';
import { Field, NumberField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';
import { More } from './More.tsx';
import { SpanField } from './SpanField.tsx';
import { useWhereExtras } from './where.tsx';

interface Top {
  readonly by: string;
  readonly behavior?: readonly string[] | undefined;
  readonly window?: Span | undefined;
  readonly where?: Where | undefined;
  readonly n?: number | undefined;
  readonly percent?: number | undefined;
}

const measures = ['amount', 'orders', 'days', 'quantity', 'events'] as const;

function Form({ body, onChange }: FormProps<Top>) {
  const { top: t, did } = useText().audiences.forms;
  const put = (change: Partial<Top>, about: string) => onChange(given({ ...body, ...change }), about);
  const byCount = body.n !== undefined;
  const amount = byCount ? body.n : body.percent;
  const where = useWhereExtras(body.where, (next) => put({ where: next }, 'where'));
  return (
    <>
      <SpanField value={body.window} onChange={(window) => put({ window }, 'window')} />
      <Field label={t.by} shown={false}>
        <Select
          size="small"
          aria-label={t.by}
          value={body.by}
          popupMatchSelectWidth={false}
          options={measures.map((value) => ({ value, label: t.measures[value] }))}
          onChange={(by) => put({ by, behavior: by === 'events' ? (body.behavior ?? ['item_view']) : undefined }, 'by')}
        />
        {body.by === 'events' ? (
          <span className="qc-rule-behaviors">
            <BehaviorSelect
              label={did.behaviors}
              value={body.behavior ?? []}
              onChange={(behavior) => put({ behavior }, 'behavior')}
            />
          </span>
        ) : null}
      </Field>
      <Field label={t.first}>
        <NumberField
          label={t.first}
          value={amount}
          least={byCount ? 1 : 0}
          {...(byCount ? { whole: true } : { most: 100 })}
          onChange={(next) => next !== undefined && put(byCount ? { n: next } : { percent: next }, 'first')}
        />
        <Select
          size="small"
          aria-label={t.unit}
          value={byCount ? 'n' : 'percent'}
          popupMatchSelectWidth={false}
          options={(['n', 'percent'] as const).map((value) => ({ value, label: t.units[value] }))}
          onChange={(unit) =>
            put(unit === 'n' ? { n: 1000, percent: undefined } : { n: undefined, percent: 10 }, 'unit')
          }
        />
      </Field>
      <More extras={where} />
    </>
  );
}

/** The first by a measure. */
export const top = defineForm<Top>({
  name: 'top',
  group: 'behavior',
  fresh: () => ({ by: 'amount', window: { days: 90 }, percent: 10 }),
  fits: (body): body is Top =>
    hasOnly(body, {
      by: isText,
      behavior: isTexts,
      window: isSpan,
      where: isWhere,
      n: isNumber,
      percent: isNumber,
    }),
  Form,
});
