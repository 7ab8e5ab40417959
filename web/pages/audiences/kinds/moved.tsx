import { Button } from 'antd';
import { addDays } from '../../../format/day.ts';
import { useText } from '../../../text/useText.ts';
import { PeriodPicker } from '../../../ui/form/PeriodPicker.tsx';
import { useLastDay } from '../../../url/usePeriod.ts';
import { hasOnly, isText, isTexts } from './bodies.ts';
import { Field, StagesField } from './fields.tsx';
import { type Beginning, defineForm, type FormProps } from './form.ts';

interface Moved {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly between: readonly [string, string];
}

const presets = [
  { name: 'lastWeek', days: 7 },
  { name: 'lastMonth', days: 30 },
] as const;

function Form({ body, onChange }: FormProps<Moved>) {
  const t = useText().audiences.forms.moved;
  const last = useLastDay();
  const [from, to] = body.between;
  return (
    <>
      <StagesField label={t.from} value={body.from} onChange={(next) => onChange({ ...body, from: next }, 'from')} />
      <StagesField label={t.to} value={body.to} onChange={(next) => onChange({ ...body, to: next }, 'to')} />
      <Field label={t.between} shown={false}>
        <PeriodPicker
          label={t.between}
          value={{ from, to }}
          onChange={(days) => onChange({ ...body, between: [days.from, days.to] }, 'between')}
        />
        {presets.map(({ name, days }) => (
          <Button
            key={name}
            size="small"
            type="text"
            onClick={() => onChange({ ...body, between: [addDays(last, -days), last] }, 'between')}
          >
            {t[name]}
          </Button>
        ))}
      </Field>
    </>
  );
}

const WEEK = 7;

/** Every way of getting deeper in the last week: from each stage to one beyond it. */
export function deepening({ on, stages }: Beginning): { readonly moved: Moved }[] {
  return stages.slice(0, -1).map((code, at) => ({
    moved: { from: [code], to: stages.slice(at + 1), between: [addDays(on, -WEEK), on] },
  }));
}

/** From one stage to another between two days. */
export const moved = defineForm<Moved>({
  name: 'moved',
  group: 'stage',
  fresh: ({ on, stages }) => ({
    from: stages.slice(0, 1),
    to: stages.slice(1, 2),
    between: [addDays(on, -WEEK), on],
  }),
  fits: (body): body is Moved => {
    const { from, to, between } = body as Partial<Moved>; // as: looked at below
    const isPair = Array.isArray(between) && between.length === 2 && between.every(isText);
    return (
      hasOnly(body, { from: isTexts, to: isTexts, between: () => isPair }) && isTexts(from) && isTexts(to) && isPair
    );
  },
  Form,
});
