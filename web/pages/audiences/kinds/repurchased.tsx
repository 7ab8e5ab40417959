import { useText } from '../../../text/useText.ts';
import { given, hasOnly, isNumber, isSpan, isWhere, type Span, type Where } from './bodies.ts';
import { Field, NumberField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';
import { type Extra, More } from './More.tsx';
import { SpanField } from './SpanField.tsx';
import { useWhereExtras } from './where.tsx';

interface Repurchased {
  readonly window?: Span | undefined;
  readonly where?: Where | undefined;
  readonly within_days: number;
  readonly nth?: number | undefined;
}

function Form({ body, onChange }: FormProps<Repurchased>) {
  const t = useText().audiences.forms.repurchased;
  const put = (about: keyof Repurchased, value: unknown) => onChange(given({ ...body, [about]: value }), about);
  const nth: Extra = {
    key: 'nth',
    label: t.nth,
    isSet: body.nth !== undefined,
    render: (close) => (
      <Field
        label={t.nth}
        onClear={() => {
          close();
          put('nth', undefined);
        }}
      >
        <NumberField label={t.nth} value={body.nth} least={2} most={1000} whole onChange={(next) => put('nth', next)} />
      </Field>
    ),
  };
  const where = useWhereExtras(body.where, (next) => put('where', next));
  return (
    <>
      <SpanField value={body.window} onChange={(next) => put('window', next)} />
      <Field label={t.within}>
        <NumberField
          label={t.within}
          value={body.within_days}
          least={1}
          whole
          onChange={(next) => next !== undefined && put('within_days', next)}
        />
        <span>{t.withinUnit}</span>
      </Field>
      <More extras={[nth, ...where]} />
    </>
  );
}

/** Paid again so many days after the pay day before. */
export const repurchased = defineForm<Repurchased>({
  name: 'repurchased',
  group: 'behavior',
  fresh: () => ({ window: { days: 365 }, within_days: 30 }),
  fits: (body): body is Repurchased =>
    hasOnly(body, { window: isSpan, where: isWhere, within_days: isNumber, nth: isNumber }) &&
    isNumber((body as Partial<Repurchased>).within_days), // as: an object of these keys only
  Form,
});
