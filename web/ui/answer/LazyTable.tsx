import { lazy, Suspense } from 'react';
import { Waiting } from '../Waiting.tsx';
import type { AnswerTableProps } from './AnswerTable.tsx';

const AnswerTable = lazy(() => import('./AnswerTable.tsx').then((m) => ({ default: m.AnswerTable })));

/** The rows of an answer; what draws tables is loaded when one is shown. */
export function LazyTable(props: AnswerTableProps) {
  return (
    <Suspense fallback={<Waiting />}>
      <AnswerTable {...props} />
    </Suspense>
  );
}
