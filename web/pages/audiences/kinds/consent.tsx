import { Select } from 'antd';
import { useText } from '../../../text/useText.ts';
import { hasOnly, isText } from './bodies.ts';
import { Field, SuggestField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

interface Consent {
  readonly purpose: string;
  readonly is?: string | undefined;
}

const purposes = ['marketing', 'sms', 'email', 'wechat', 'ads', 'call'];

function Form({ body, onChange }: FormProps<Consent>) {
  const t = useText().audiences.forms.consent;
  return (
    <Field label={t.purpose} shown={false}>
      <Select
        size="small"
        aria-label={t.answer}
        value={body.is ?? 'granted'}
        popupMatchSelectWidth={false}
        options={(['granted', 'denied'] as const).map((value) => ({ value, label: t[value] }))}
        onChange={(is) => onChange({ ...body, is }, 'is')}
      />
      <SuggestField
        label={t.purpose}
        value={body.purpose}
        options={purposes.map((value) => ({ value }))}
        onChange={(purpose) => onChange({ ...body, purpose }, 'purpose')}
      />
    </Field>
  );
}

/** The last word on a purpose. */
export const consent = defineForm<Consent>({
  name: 'consent',
  group: 'person',
  fresh: () => ({ purpose: 'marketing', is: 'granted' }),
  fits: (body): body is Consent =>
    hasOnly(body, { purpose: isText, is: isText }) && isText((body as Partial<Consent>).purpose), // as: an object of these keys only
  Form,
});
