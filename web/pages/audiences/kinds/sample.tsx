import { Input } from 'antd';
import { useText } from '../../../text/useText.ts';
import { given, hasOnly, isNumber, isText } from './bodies.ts';
import { Field, NumberField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';

interface Sample {
  readonly percent: number;
  readonly seed?: string | undefined;
}

function Form({ body, onChange }: FormProps<Sample>) {
  const t = useText().audiences.forms.sample;
  return (
    <>
      <Field label={t.percent} shown={false}>
        <NumberField
          label={t.percent}
          value={body.percent}
          least={0}
          most={100}
          onChange={(percent) => percent !== undefined && onChange({ ...body, percent }, 'percent')}
        />
        <span>%</span>
      </Field>
      <Field label={t.seed}>
        <Input
          size="small"
          aria-label={t.seed}
          maxLength={100}
          value={body.seed ?? ''}
          onChange={({ target }) => onChange(given({ ...body, seed: target.value || undefined }), 'seed')}
          style={{ width: 110 }}
        />
      </Field>
    </>
  );
}

/** A random part of all consumers, the same from day to day. */
export const sample = defineForm<Sample>({
  name: 'sample',
  group: 'other',
  fresh: () => ({ percent: 10 }),
  fits: (body): body is Sample =>
    hasOnly(body, { percent: isNumber, seed: isText }) && isNumber((body as Partial<Sample>).percent), // as: an object of these keys only
  Form,
});
