import { useText } from '../../../text/useText.ts';
import { BehaviorSelect } from '../../rules/BehaviorSelect.tsx';
import { given, hasOnly, isRange, isSpan, isTexts, isWhere, type Range, type Span, type Where } from './bodies.ts';
import { Field, RangeField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';
import { type Extra, More } from './More.tsx';
import { SpanField } from './SpanField.tsx';
import { useWhereExtras } from './where.tsx';

interface Did {
  readonly behavior: readonly string[];
  readonly window?: Span | undefined;
  readonly count?: Range | undefined;
  readonly days?: Range | undefined;
  readonly where?: Where | undefined;
}

function Form({ body, onChange }: FormProps<Did>) {
  const t = useText().audiences.forms.did;
  const put = (about: keyof Did, value: unknown) => onChange(given({ ...body, [about]: value }), about);
  const days: Extra = {
    key: 'days',
    label: t.days,
    isSet: body.days !== undefined,
    render: (close) => (
      <RangeField
        label={t.days}
        value={body.days}
        onChange={(next) => put('days', next)}
        onClear={() => {
          close();
          put('days', undefined);
        }}
      />
    ),
  };
  const where = useWhereExtras(body.where, (next) => put('where', next));
  return (
    <>
      <SpanField value={body.window} onChange={(next) => put('window', next)} />
      <Field label={t.behaviors} shown={false}>
        <span className="qc-rule-behaviors">
          <BehaviorSelect label={t.behaviors} value={body.behavior} onChange={(next) => put('behavior', next)} />
        </span>
      </Field>
      <RangeField label={t.count} value={body.count ?? { min: 1 }} onChange={(next) => put('count', next)} />
      <More extras={[days, ...where]} />
    </>
  );
}

/** Events of some behaviours: so many, on so many days, of some kind. */
export const did = defineForm<Did>({
  name: 'did',
  group: 'behavior',
  fresh: () => ({ behavior: ['cart'], window: { days: 30 }, count: { min: 1 } }),
  fits: (body): body is Did =>
    hasOnly(body, { behavior: isTexts, window: isSpan, count: isRange, days: isRange, where: isWhere }) &&
    isTexts((body as Partial<Did>).behavior), // as: an object of these keys only
  Form,
});
