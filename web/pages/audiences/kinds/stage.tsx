import { useText } from '../../../text/useText.ts';
import { given, hasOnly, isText, isTexts } from './bodies.ts';
import { DayField, StagesField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

interface Stage {
  readonly in: readonly string[];
  readonly on?: string | undefined;
}

function Form({ body, onChange }: FormProps<Stage>) {
  const t = useText().audiences.forms.stage;
  return (
    <>
      <StagesField
        label={t.stages}
        shown={false}
        value={body.in}
        onChange={(next) => onChange({ ...body, in: next }, 'in')}
      />
      <DayField label={t.on} none={t.onDay} value={body.on} onChange={(on) => onChange(given({ ...body, on }), 'on')} />
    </>
  );
}

/** The stage of a day. */
export const stage = defineForm<Stage>({
  name: 'stage',
  group: 'stage',
  fresh: ({ stages }) => ({ in: stages.slice(0, 1) }),
  fits: (body): body is Stage => hasOnly(body, { in: isTexts, on: isText }) && isTexts((body as Partial<Stage>).in), // as: an object of these keys only
  Form,
});
