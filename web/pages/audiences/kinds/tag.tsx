import { Select } from 'antd';
import { useText } from '../../../text/useText.ts';
import { given, hasOnly, isNumber, isRange, isText, type Range } from './bodies.ts';
import { Field, RangeField, SuggestField, TextsField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';
import { useTagOptions } from './useTagOptions.ts';

interface Tag {
  readonly name: string;
  readonly in?: readonly (string | number)[] | undefined;
  readonly range?: Range | undefined;
}

/** A value as it was written: a number stays a number. */
function written(text: string): string | number {
  const number = Number(text);
  return text.trim() !== '' && String(number) === text ? number : text;
}

function Form({ body, onChange }: FormProps<Tag>) {
  const t = useText().audiences.forms.tag;
  const options = useTagOptions();
  const title = options.tags.find(({ value }) => value === body.name)?.label;
  const mode = body.range === undefined ? 'is' : 'within';
  return (
    <>
      <Field label={t.name} shown={false}>
        <SuggestField
          label={t.name}
          value={body.name}
          options={options.tags}
          onChange={(name) => onChange({ ...body, name }, 'name')}
        />
        {title ? <span className="qc-muted qc-small">{title}</span> : null}
        <Select
          size="small"
          aria-label={`${t.is} / ${t.within}`}
          value={mode}
          popupMatchSelectWidth={false}
          options={(['is', 'within'] as const).map((value) => ({ value, label: t[value] }))}
          onChange={(next) =>
            onChange(next === 'is' ? { name: body.name, in: [] } : { name: body.name, range: { min: 1 } }, 'mode')
          }
        />
      </Field>
      {mode === 'is' ? (
        <TextsField
          label={t.is}
          shown={false}
          value={(body.in ?? []).map(String)}
          options={options.values(body.name)}
          onChange={(values) => onChange(given({ name: body.name, in: values.map(written) }), 'in')}
        />
      ) : (
        <RangeField
          label={t.within}
          shown={false}
          value={body.range}
          onChange={(range = {}) => onChange({ name: body.name, range }, 'range')}
        />
      )}
    </>
  );
}

/** A tag of the profile: one of some values, or a number within bounds. */
export const tag = defineForm<Tag>({
  name: 'tag',
  group: 'person',
  fresh: () => ({ name: 'city_tier', in: [1, 2] }),
  fits: (body): body is Tag =>
    hasOnly(body, {
      name: isText,
      in: (list) => Array.isArray(list) && list.every((each) => isText(each) || isNumber(each)),
      range: isRange,
    }) && isText((body as Partial<Tag>).name), // as: an object of these keys only
  Form,
});
