import { Select } from 'antd';
import { useAudiences } from '../../data/audiences.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';

interface AudienceSelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly id?: string;
  /** What stands for none; where it is absent one must be picked. */
  readonly none?: string | undefined;
  readonly small?: boolean;
}

/** One saved audience, by its name. */
export function AudienceSelect({ label, value, onChange, id, none, small }: AudienceSelectProps) {
  const t = useText().audiences;
  const options = useAudienceOptions();
  const all = none === undefined ? options : [{ value: '', label: none }, ...options];
  const isKnown = value === '' || all.some((each) => each.value === value);
  return (
    <Select
      {...(id ? { id } : {})}
      {...(small ? { size: 'small' as const } : {})}
      aria-label={label}
      title={label}
      showSearch={{ optionFilterProp: 'label' }}
      value={value === '' && none === undefined ? null : value}
      placeholder={t.param}
      options={isKnown ? all : [...all, { value, label: value }]}
      onChange={onChange}
      style={{ minWidth: 140, maxWidth: 280 }}
      popupMatchSelectWidth={false}
    />
  );
}

interface AudiencesSelectProps {
  readonly label: string;
  readonly value: string[];
  readonly onChange: (names: string[]) => void;
  readonly id?: string;
}

/** Several saved audiences, by their names. */
export function AudiencesSelect({ label, value, onChange, id }: AudiencesSelectProps) {
  const t = useText().audiences;
  const options = useAudienceOptions();
  return (
    <Select
      {...(id ? { id } : {})}
      mode="multiple"
      aria-label={label}
      placeholder={t.param}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      options={options}
      onChange={onChange}
      style={{ minWidth: 240, maxWidth: 520 }}
      popupMatchSelectWidth={false}
    />
  );
}

/** Saved audiences as options of a select: name and size. */
export function useAudienceOptions(): { readonly value: string; readonly label: string }[] {
  const { data = [] } = useAudiences();
  const format = useFormat();
  return data.map(({ name, consumers }) => ({
    value: name,
    label: consumers === null ? name : `${name} · ${format.count(consumers)}`,
  }));
}
