import type { ReactNode } from 'react';
import type { ShelfEntry } from '../../../src/api/analyses.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useLocale, useText } from '../../text/useText.ts';
import { StageTag } from '../StageTag.tsx';
import { useStages } from '../useStages.ts';

export type Column = ShelfEntry['columns'][number];

/** How columns and their values are told in the language in use. */
export interface Cells {
  title(column: Column): string;
  /** A value in words and full numbers. */
  text(column: Column, value: unknown): string;
  /** The same with the mark of a stage. */
  node(column: Column, value: unknown): ReactNode;
  isStage(column: Column): boolean;
}

export function useCells(): Cells {
  const locale = useLocale();
  const format = useFormat();
  const { values } = useText().ui.form;
  const stages = useStages();
  const isStage = (column: Column) => column.kind === 'text' && /(^|_)stage$/.test(column.id);
  const text = (column: Column, value: unknown): string => {
    if (column.kind !== 'text') return format.exact(value, column.kind);
    const code = String(value ?? '');
    if (isStage(column) && stages.has(code)) return stages.name(code);
    return column.words?.[code]?.[locale] ?? values[code] ?? format.exact(value, 'text');
  };
  return {
    isStage,
    text,
    title: (column) => column.title[locale],
    node: (column, value) =>
      isStage(column) && stages.has(String(value)) ? <StageTag code={String(value)} /> : text(column, value),
  };
}
