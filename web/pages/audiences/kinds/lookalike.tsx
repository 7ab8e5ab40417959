import { Select } from 'antd';
import { useLookalikes } from '../../../data/lookalikes.ts';
import { useText } from '../../../text/useText.ts';
import { hasOnly, isNumber } from './bodies.ts';
import { Field, NumberField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

interface Lookalike {
  readonly model: number;
  readonly top: number;
}

function Form({ body, onChange }: FormProps<Lookalike>) {
  const t = useText().audiences.forms.lookalike;
  const { data = [] } = useLookalikes();
  const known = data.map(({ id, seed }) => ({ value: id, label: `#${id} ${seed}` }));
  const isKnown = known.some(({ value }) => value === body.model);
  return (
    <>
      <Field label={t.model}>
        <Select
          size="small"
          aria-label={t.model}
          value={body.model}
          options={isKnown ? known : [...known, { value: body.model, label: `#${body.model}` }]}
          onChange={(model) => onChange({ ...body, model }, 'model')}
          popupMatchSelectWidth={false}
          style={{ minWidth: 140 }}
        />
      </Field>
      <Field label={t.top}>
        <NumberField
          label={t.top}
          value={body.top}
          least={1}
          whole
          onChange={(top) => top !== undefined && onChange({ ...body, top }, 'top')}
        />
      </Field>
    </>
  );
}

/** Those most like the seed of a lookalike. */
export const lookalike = defineForm<Lookalike>({
  name: 'lookalike',
  group: 'other',
  fresh: () => ({ model: 1, top: 1000 }),
  fits: (body): body is Lookalike => {
    const { model, top } = body as Partial<Lookalike>; // as: looked at below
    return hasOnly(body, { model: isNumber, top: isNumber }) && isNumber(model) && isNumber(top);
  },
  Form,
});
