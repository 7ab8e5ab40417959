import { useText } from '../../../text/useText.ts';
import { AudienceSelect } from '../../../ui/form/AudienceSelect.tsx';
import { isText } from './bodies.ts';
import { Field } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

function Form({ body, onChange }: FormProps<string>) {
  const t = useText().audiences.forms.audience;
  return (
    <Field label={t.name} shown={false}>
      <AudienceSelect small label={t.name} value={body} onChange={(name) => onChange(name, 'name')} />
    </Field>
  );
}

/** In another saved audience. */
export const audience = defineForm<string>({
  name: 'audience',
  group: 'other',
  fresh: () => '',
  fits: (body): body is string => isText(body),
  Form,
});
