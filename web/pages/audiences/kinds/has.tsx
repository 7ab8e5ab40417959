import { useText } from '../../../text/useText.ts';
import { hasOnly, isTexts } from './bodies.ts';
import { TextsField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

interface Has {
  readonly id: readonly string[];
}

function Form({ body, onChange }: FormProps<Has>) {
  const t = useText();
  const label = t.audiences.forms.has.types;
  const options = Object.entries(t.data.identifiers).map(([value, name]) => ({ value, label: name }));
  return (
    <TextsField
      label={label}
      shown={false}
      value={body.id}
      options={options}
      onChange={(id) => onChange({ id }, 'id')}
    />
  );
}

/** Reachable by an identifier of one of some types. */
export const has = defineForm<Has>({
  name: 'has',
  group: 'person',
  fresh: () => ({ id: ['phone'] }),
  fits: (body): body is Has => hasOnly(body, { id: isTexts }) && isTexts((body as Partial<Has>).id), // as: an object of this key only
  Form,
});
