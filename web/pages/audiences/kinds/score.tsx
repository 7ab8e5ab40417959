import { Select } from 'antd';
import { useText } from '../../../text/useText.ts';
import { hasOnly, isNumber, isText } from './bodies.ts';
import { Field, RangeField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

const measures = ['recency', 'frequency', 'monetary'] as const;

interface Score {
  readonly of: string;
  readonly min?: number;
  readonly max?: number;
}

function Form({ body: { of, ...bounds }, onChange }: FormProps<Score>) {
  const t = useText().audiences.forms.score;
  return (
    <>
      <Field label={t.of} shown={false}>
        <Select
          size="small"
          aria-label={t.of}
          value={of}
          popupMatchSelectWidth={false}
          options={measures.map((value) => ({ value, label: t.measures[value] }))}
          onChange={(next) => onChange({ of: next, ...bounds }, 'of')}
        />
      </Field>
      <RangeField
        label={t.points}
        shown={false}
        value={bounds}
        onChange={({ min, max } = {}) =>
          onChange({ of, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }, 'bounds')
        }
      />
    </>
  );
}

/** The score of a buyer from 1 to 5 by recency, frequency or money. */
export const score = defineForm<Score>({
  name: 'score',
  group: 'stage',
  fresh: () => ({ of: 'recency', min: 4 }),
  fits: (body): body is Score =>
    hasOnly(body, { of: isText, min: isNumber, max: isNumber }) && isText((body as Partial<Score>).of), // as: an object of these keys only
  Form,
});
