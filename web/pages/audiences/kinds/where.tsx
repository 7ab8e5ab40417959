import { useText } from '../../../text/useText.ts';
import { type Where, whereColumns } from './bodies.ts';
import { WhereField } from './fields.tsx';
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
