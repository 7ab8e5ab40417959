import { useAnswer, useShelfEntry } from '../../data/answers.ts';
import { type MoveRow, rowsAs } from '../../data/rows.ts';
import type { Period } from '../../format/day.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { movesOf, reasonsOf } from '../assets/moves.ts';
import { useReason } from '../assets/useReason.ts';
import { useFast } from './useFast.ts';

/** The period in one sentence. */
export function Headline({ period }: { readonly period: Period }) {
  const t = useText().home;
  const format = useFormat();
  const reason = useReason();
  const fast = useFast(period);
  const explained = useShelfEntry('aipl-moves') !== undefined;
  const { data: moves } = useAnswer('aipl-moves', { ...period }, { enabled: explained });
  const [operable, rate] = [fast.now('F')?.value, fast.now('A')?.value];
  const [operableWas, rateWas] = [fast.was('F')?.value, fast.was('A')?.value];
  if (operable === undefined || operable === null) return <p className="qc-sentence">&nbsp;</p>;
  const told = { operable: format.count(operable), rate: format.exact(rate, 'rate') };
  const compared =
    typeof operableWas === 'number' && typeof rateWas === 'number' && typeof rate === 'number'
      ? t.headline(
          told.operable,
          format.difference(operable - operableWas, 'count'),
          told.rate,
          format.difference(rate - rateWas, 'rate'),
        )
      : t.headlineAlone(told.operable, told.rate);
  const top = reasonsOf(movesOf(rowsAs<MoveRow>(moves?.rows ?? []), 'deepened'))[0];
  return (
    <p className="qc-sentence" aria-live="polite">
      {compared}
      {top ? t.mainReason(reason(top.reason), format.count(top.consumers)) : ''}
    </p>
  );
}
