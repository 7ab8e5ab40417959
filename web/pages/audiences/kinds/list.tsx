import { Select } from 'antd';
import { useIdLists } from '../../../data/lists.ts';
import { useFormat } from '../../../format/useFormat.ts';
import { isText } from './bodies.ts';
import { Field } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

function Form({ title, body, onChange }: FormProps<string>) {
  const format = useFormat();
  const { data = [] } = useIdLists();
  const known = data.map(({ name, consumers }) => ({ value: name, label: `${name} · ${format.count(consumers)}` }));
  const isKnown = body === '' || known.some(({ value }) => value === body);
  return (
    <Field label={title} shown={false}>
      <Select
        size="small"
        aria-label={title}
        placeholder={title}
        value={body === '' ? null : body}
        options={isKnown ? known : [...known, { value: body, label: body }]}
        onChange={(name) => onChange(name, 'name')}
        popupMatchSelectWidth={false}
        style={{ minWidth: 140 }}
      />
    </Field>
  );
}

/** On an uploaded list of identifiers. */
export const list = defineForm<string>({
  name: 'list',
  group: 'other',
  fresh: () => '',
  fits: (body): body is string => isText(body),
  Form,
});
