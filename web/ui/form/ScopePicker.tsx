import { Select } from 'antd';
import { useDataState } from '../../data/answers.ts';
import { useAudiences } from '../../data/audiences.ts';
import { useCategoryName } from '../../data/categories.ts';
import { useRules } from '../../data/rules.ts';
import { useSay, useText } from '../../text/useText.ts';
import { useUrlState } from '../../url/urlState.ts';
import { AudienceSelect } from './AudienceSelect.tsx';

/** Brand, category, saved audience and rule set a question is restricted to; empty is none. */
export interface Scope {
  readonly brand: string;
  readonly category: string;
  readonly audience: string;
  readonly rules: string;
}

const none = { brand: '', category: '', audience: '', rules: '' };

/** The scope a page looks at, kept in its address. Empty texts may go into the parameters of a question as they are. */
export function useScope(): [Scope, (scope: Partial<Scope>) => void] {
  const [state, set] = useUrlState(none);
  return [state, (scope) => set(scope)];
}

interface PickProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly id?: string;
}

export function BrandSelect({ value, onChange, id }: PickProps) {
  const t = useText().ui.form;
  const { brands } = useDataState();
  return (
    <Pick label={t.brand} none={t.allBrands} options={brands.map(plain)} value={value} onChange={onChange} id={id} />
  );
}

export function CategorySelect({ value, onChange, id }: PickProps) {
  const t = useText().ui.form;
  const { categories } = useDataState();
  const name = useCategoryName();
  return (
    <Pick
      label={t.category}
      none={t.allCategories}
      options={categories.map((value) => ({ value, label: name(value) }))}
      value={value}
      onChange={onChange}
      id={id}
    />
  );
}

export function RulesSelect({ value, onChange, id }: PickProps) {
  const t = useText().ui.form;
  const say = useSay();
  const { data = [] } = useRules();
  const options = data.map((set) => ({ value: set.key, label: `${say(set.title)} ${set.key}` }));
  return <Pick label={t.rules} none={t.adopted} options={options} value={value} onChange={onChange} id={id} />;
}

function plain(value: string): { value: string; label: string } {
  return { value, label: value };
}

interface SelectProps extends Omit<PickProps, 'id'> {
  readonly label: string;
  /** What is meant where nothing is picked. */
  readonly none: string;
  readonly options: { value: string; label: string }[];
  readonly id: string | undefined;
}

function Pick({ label, none: nothing, options, value, onChange, id }: SelectProps) {
  const all = [{ value: '', label: nothing }, ...options];
  const known = all.some((option) => option.value === value) ? all : [...all, plain(value)];
  return (
    <Select
      {...(id ? { id } : {})}
      aria-label={label}
      title={label}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      options={known}
      onChange={onChange}
      style={{ minWidth: 140, maxWidth: 240 }}
      popupMatchSelectWidth={false}
    />
  );
}

/** Brand, category and saved audience as a page's tools. */
export function ScopePicker({
  scope,
  onChange,
}: {
  readonly scope: Scope;
  readonly onChange: (scope: Partial<Scope>) => void;
}) {
  const t = useText().audiences;
  const { data: audiences = [] } = useAudiences();
  return (
    <>
      <BrandSelect value={scope.brand} onChange={(brand) => onChange({ brand })} />
      <CategorySelect value={scope.category} onChange={(category) => onChange({ category })} />
      {audiences.length > 0 || scope.audience !== '' ? (
        <AudienceSelect
          label={t.param}
          none={t.everybody}
          value={scope.audience}
          onChange={(audience) => onChange({ audience })}
        />
      ) : null}
    </>
  );
}
