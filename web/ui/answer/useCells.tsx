import type { ReactNode } from 'react';
import type { ShelfEntry } from '../../../src/api/analyses.ts';
import type { Row } from '../../data/answers.ts';
import { useCategoryName } from '../../data/categories.ts';
import type { ValueKind } from '../../format/number.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useLocale, useText } from '../../text/useText.ts';
import { StageTag } from '../StageTag.tsx';
import { useStages } from '../useStages.ts';

export type Column = ShelfEntry['columns'][number];

/** How columns and their values are told in the language in use. */
export interface Cells {
  title(column: Column): string;
  /** A value in words and full numbers; of the kind of its row where rows differ. */
  text(column: Column, value: unknown, row?: Row): string;
  /** The same with the mark of a stage. */
  node(column: Column, value: unknown): ReactNode;
  isStage(column: Column): boolean;
}

/** The kind of a column's value in a row. */
export function kindIn({ kind, kindBy }: Column, row: Row | undefined): ValueKind {
  return (kindBy && row && kindBy.kinds[String(row[kindBy.column])]) ?? kind;
}

export function useCells(): Cells {
  const locale = useLocale();
  const category = useCategoryName();
  const format = useFormat();
  const { values } = useText().ui.form;
  const stages = useStages();
  const isStage = (column: Column) => column.kind === 'text' && /(^|_)stage$/.test(column.id);
  const text = (column: Column, value: unknown, row?: Row): string => {
    if (column.kind !== 'text') return format.exact(value, kindIn(column, row));
    const code = String(value ?? '');
    if (isStage(column) && stages.has(code)) return stages.name(code);
    return column.words?.[code]?.[locale] ?? values[code] ?? named(column, code) ?? format.exact(value, 'text');
  };
  const named = ({ id }: Column, code: string) => (id === 'category_id' && code !== '' ? category(code) : undefined);
  return {
    isStage,
    text,
    title: (column) => column.title[locale],
    node: (column, value) =>
      isStage(column) && stages.has(String(value)) ? <StageTag code={String(value)} /> : text(column, value),
  };
}
