import { useText } from '../../../text/useText.ts';
import { given, hasOnly, isNumber, isTexts } from './bodies.ts';
import { TextsField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';
import { type Extra, More } from './More.tsx';

interface Region {
  readonly province?: readonly string[] | undefined;
  readonly city?: readonly string[] | undefined;
  readonly city_tier?: readonly number[] | undefined;
}

/** Tiers of cities: first, new first, second ... fifth or sixth, as the data number them. */
const tiers = ['1', '2', '3', '4', '5', '6'];

function Form({ body, onChange }: FormProps<Region>) {
  const t = useText().audiences.forms.region;
  const put = (about: keyof Region, value: readonly unknown[]) =>
    onChange(given({ ...body, [about]: value.length > 0 ? value : undefined }), about);
  const extras = (['province', 'city', 'city_tier'] as const).map((level): Extra => {
    const isTier = level === 'city_tier';
    return {
      key: level,
      label: t[level],
      isSet: body[level] !== undefined,
      render: (close) => (
        <TextsField
          label={t[level]}
          value={(body[level] ?? []).map(String)}
          closed={isTier}
          options={isTier ? tiers.map((value) => ({ value, label: value })) : []}
          onChange={(next) => put(level, isTier ? next.map(Number) : next)}
          onClear={() => {
            close();
            put(level, []);
          }}
        />
      ),
    };
  });
  return <More extras={extras} />;
}

/** Provinces, cities and their tiers. */
export const region = defineForm<Region>({
  name: 'region',
  group: 'person',
  fresh: () => ({ city_tier: [1, 2] }),
  fits: (body): body is Region =>
    hasOnly(body, {
      province: isTexts,
      city: isTexts,
      city_tier: (list) => Array.isArray(list) && list.every(isNumber),
    }),
  Form,
});
