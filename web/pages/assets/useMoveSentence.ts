import { useCallback } from 'react';
import { type MoveRow, moveKinds } from '../../data/rows.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { headcount, movesOf, reasonsOf } from './moves.ts';
import { useReason } from './useReason.ts';

/** Says in words how many moved which way, and what brought most of those who deepened. */
export function useMoveSentence(): (rows: readonly MoveRow[]) => string {
  const t = useText().assets;
  const format = useFormat();
  const reason = useReason();
  return useCallback(
    (rows) => {
      const counts = moveKinds.map((kind) => t.kindCount(t.kinds[kind], format.count(headcount(movesOf(rows, kind)))));
      const deepened = movesOf(rows, 'deepened');
      const top = reasonsOf(deepened)[0];
      const why = top
        ? t.mainReason(
            reason(top.reason),
            format.count(top.consumers),
            format.exact(top.consumers / headcount(deepened), 'rate'),
          )
        : '';
      return t.moves(counts.join(t.comma)) + why;
    },
    [t, format, reason],
  );
}
