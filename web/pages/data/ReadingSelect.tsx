import { Select } from 'antd';
import { useLocale, useText } from '../../text/useText.ts';
import type { Plan } from './sending/uploadBook.ts';
import { useMappings, usePresets } from './useCatalogue.ts';

interface ReadingSelectProps {
  readonly value: Plan;
  readonly onChange: (plan: Plan) => void;
  /** What reading without a choice is called. */
  readonly standard: string;
}

/** How files are to be read: by themselves, as a saved mapping, or as a platform's file. */
export function ReadingSelect({ value, onChange, standard }: ReadingSelectProps) {
  const t = useText().data.mapping;
  const locale = useLocale();
  const { data: presets = [] } = usePresets();
  const { data: saved = [] } = useMappings();
  const held = value.savedAs ? `m:${value.savedAs}` : value.mapping ? 'own' : value.preset ? `p:${value.preset}` : '';
  const pick = (key: string) => {
    if (key.startsWith('p:')) return onChange({ preset: key.slice(2) });
    const mapping = saved.find(({ name }) => `m:${name}` === key);
    return onChange(mapping ? { mapping: mapping.mapping, savedAs: mapping.name } : key === 'own' ? value : {});
  };
  return (
    <Select
      aria-label={t.reading}
      showSearch={{ optionFilterProp: 'label' }}
      value={held}
      onChange={pick}
      popupMatchSelectWidth={false}
      style={{ minWidth: 200, maxWidth: '100%' }}
      options={[
        { value: '', label: standard },
        ...(held === 'own' ? [{ value: 'own', label: t.own }] : []),
        ...(saved.length > 0
          ? [{ label: t.saved, options: saved.map(({ name }) => ({ value: `m:${name}`, label: name })) }]
          : []),
        { label: t.presets, options: presets.map(({ name, title }) => ({ value: `p:${name}`, label: title[locale] })) },
      ]}
    />
  );
}
