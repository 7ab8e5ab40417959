import { Select } from 'antd';
import { useCrowds } from '../../../data/audiences.ts';
import { useSay, useText } from '../../../text/useText.ts';
import { hasOnly, isText, isTexts } from './bodies.ts';
import { Field, TextsField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

interface Crowd {
  readonly taxonomy: string;
  readonly in: readonly string[];
}

/** In none of the crowds of a taxonomy. */
const UNKNOWN = 'unknown';

function Form({ body, onChange }: FormProps<Crowd>) {
  const t = useText().audiences.forms.crowd;
  const say = useSay();
  const { data = [] } = useCrowds();
  const taxonomy = data.find(({ name }) => name === body.taxonomy);
  const crowds = (taxonomy?.crowds ?? []).map(({ id, title }) => ({ value: id, label: say(title) }));
  return (
    <Field label={t.taxonomy} shown={false}>
      <Select
        size="small"
        aria-label={t.taxonomy}
        value={body.taxonomy}
        popupMatchSelectWidth={false}
        options={data.map(({ name, title }) => ({ value: name, label: say(title) }))}
        onChange={(name) => onChange({ taxonomy: name, in: [] }, 'taxonomy')}
      />
      <TextsField
        closed
        label={t.crowds}
        shown={false}
        value={body.in}
        options={[...crowds, { value: UNKNOWN, label: t.unknown }]}
        onChange={(next) => onChange({ ...body, in: next }, 'in')}
      />
    </Field>
  );
}

/** In some crowds of a taxonomy. */
export const crowd = defineForm<Crowd>({
  name: 'crowd',
  group: 'person',
  fresh: () => ({ taxonomy: 'eight', in: [] }),
  fits: (body): body is Crowd =>
    hasOnly(body, { taxonomy: isText, in: isTexts }) && isTexts((body as Partial<Crowd>).in), // as: an object of these keys only
  Form,
});
