import { useDataState } from '../../../data/answers.ts';
import { useCategoryName } from '../../../data/categories.ts';
import { useText } from '../../../text/useText.ts';
import { type Where, type WhereColumn, whereColumns } from './bodies.ts';
import { TextsField } from './fields.tsx';
import type { Extra } from './More.tsx';

/** A field for each column that events and paid lines may be restricted by. */
export function useWhereExtras(where: Where = {}, onChange: (where: Where | undefined) => void): Extra[] {
  const t = useText().audiences;
  return whereColumns.map((column) => ({
    key: column,
    label: t.where[column] ?? column,
    isSet: where[column] !== undefined,
    render: (close) => (
      <WhereField
        column={column}
        where={where}
        onChange={onChange}
        onClear={() => {
          close();
          const rest = Object.entries(where).filter(([each]) => each !== column);
          onChange(rest.length > 0 ? Object.fromEntries(rest) : undefined);
        }}
      />
    ),
  }));
}

interface WhereFieldProps {
  readonly column: WhereColumn;
  readonly where: Where;
  readonly onChange: (where: Where | undefined) => void;
  readonly onClear: () => void;
}

/** Allowed values of one column of an event or a paid line. */
function WhereField({ column, where, onChange, onClear }: WhereFieldProps) {
  const t = useText().audiences;
  const { brands, categories } = useDataState();
  const nameOf = useCategoryName();
  const known: Partial<Record<WhereColumn, { value: string; label: string }[]>> = {
    brand: brands.map((value) => ({ value, label: value })),
    category_id: categories.map((value) => ({ value, label: nameOf(value) })),
  };
  const put = (values: string[]) => {
    const entries = Object.entries({ ...where, [column]: values }).filter(([, each]) => each && each.length > 0);
    onChange(entries.length > 0 ? Object.fromEntries(entries) : undefined);
  };
  return (
    <TextsField
      label={t.where[column] ?? column}
      value={where[column] ?? []}
      options={known[column] ?? []}
      onChange={put}
      onClear={onClear}
    />
  );
}
