import { useText } from '../../../text/useText.ts';
import { given, hasOnly, isRange, type Range } from './bodies.ts';
import { RangeField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

interface Member {
  readonly tier?: Range | undefined;
}

function Form({ body, onChange }: FormProps<Member>) {
  const t = useText().audiences.forms.member;
  return (
    <RangeField label={t.tier} value={body.tier} onChange={(tier) => onChange(given({ ...body, tier }), 'tier')} />
  );
}

/** A member, of a tier. */
export const member = defineForm<Member>({
  name: 'member',
  group: 'person',
  fresh: () => ({}),
  fits: (body): body is Member => hasOnly(body, { tier: isRange }),
  Form,
});
