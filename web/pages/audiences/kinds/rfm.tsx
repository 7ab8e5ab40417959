import { useShelfEntry } from '../../../data/answers.ts';
import { useSay, useText } from '../../../text/useText.ts';
import { hasOnly, isTexts } from './bodies.ts';
import { TextsField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

interface Rfm {
  readonly in: readonly string[];
}

const classes = ['HHH', 'HHL', 'HLH', 'HLL', 'LHH', 'LHL', 'LLH', 'LLL'] as const;

function Form({ body, onChange }: FormProps<Rfm>) {
  const t = useText().audiences.forms.rfm;
  const say = useSay();
  const words = useShelfEntry('rfm')?.columns.find(({ id }) => id === 'class')?.words;
  const options = classes.map((value) => ({ value, label: words?.[value] ? say(words[value]) : value }));
  return (
    <TextsField
      closed
      label={t.classes}
      shown={false}
      value={body.in}
      options={options}
      onChange={(next) => onChange({ in: next }, 'in')}
    />
  );
}

/** The RFM class of a buyer. */
export const rfm = defineForm<Rfm>({
  name: 'rfm',
  group: 'stage',
  fresh: () => ({ in: ['HHH'] }),
  fits: (body): body is Rfm => hasOnly(body, { in: isTexts }) && isTexts((body as Partial<Rfm>).in), // as: an object of this key only
  Form,
});
