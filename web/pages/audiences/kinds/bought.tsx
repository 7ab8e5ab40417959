import { useText } from '../../../text/useText.ts';
import { given, hasOnly, isRange, isSpan, isWhere, type Range, type Span, type Where } from './bodies.ts';
import { RangeField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';
import { type Extra, More } from './More.tsx';
import { SpanField } from './SpanField.tsx';
import { useWhereExtras } from './where.tsx';

const measures = ['orders', 'days', 'amount', 'quantity'] as const;

interface Bought extends Readonly<Partial<Record<(typeof measures)[number], Range | undefined>>> {
  readonly window?: Span | undefined;
  readonly where?: Where | undefined;
}

function Form({ body, onChange }: FormProps<Bought>) {
  const t = useText().audiences.forms.bought;
  const put = (about: keyof Bought, value: unknown) => onChange(given({ ...body, [about]: value }), about);
  const ranges = measures.map(
    (name): Extra => ({
      key: name,
      label: t[name],
      isSet: body[name] !== undefined,
      render: (close) => (
        <RangeField
          label={t[name]}
          value={body[name]}
          onChange={(next) => put(name, next)}
          onClear={() => {
            close();
            put(name, undefined);
          }}
        />
      ),
    }),
  );
  const where = useWhereExtras(body.where, (next) => put('where', next));
  return (
    <>
      <SpanField value={body.window} onChange={(next) => put('window', next)} />
      <More extras={[...ranges, ...where]} />
    </>
  );
}

/** Paid lines: orders, days, amount, quantity within bounds, of some kind. */
export const bought = defineForm<Bought>({
  name: 'bought',
  group: 'behavior',
  fresh: () => ({ window: { days: 30 } }),
  fits: (body): body is Bought =>
    hasOnly(body, {
      window: isSpan,
      where: isWhere,
      ...Object.fromEntries(measures.map((name) => [name, isRange])),
    }),
  Form,
});
