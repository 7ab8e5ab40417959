import { useText } from '../../../text/useText.ts';
import { hasOnly, isRange, isTexts, type Range } from './bodies.ts';
import { RangeField, StagesField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

interface Stayed {
  readonly in: readonly string[];
  readonly days: Range;
}

function Form({ body, onChange }: FormProps<Stayed>) {
  const t = useText().audiences.forms.stayed;
  return (
    <>
      <StagesField
        label={t.stages}
        shown={false}
        value={body.in}
        onChange={(next) => onChange({ ...body, in: next }, 'in')}
      />
      <RangeField label={t.days} value={body.days} onChange={(days = {}) => onChange({ ...body, days }, 'days')} />
    </>
  );
}

/** So many days without a break in the stage of the day asked. */
export const stayed = defineForm<Stayed>({
  name: 'stayed',
  group: 'stage',
  fresh: ({ stages }) => ({ in: stages.slice(1, 2), days: { min: 30 } }),
  fits: (body): body is Stayed => {
    const { in: held, days } = body as Partial<Stayed>; // as: looked at below
    return hasOnly(body, { in: isTexts, days: isRange }) && isTexts(held) && isRange(days);
  },
  Form,
});
