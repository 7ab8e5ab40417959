import type { Lookalike } from '../../../src/api/lookalikes.ts';
import { grouped } from '../../format/number.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';

type Report = Lookalike['report'];

/** Part of everybody by which a signal is called weak, and the lift below which it is. */
const JUDGED = { part: 0.05, least: 2 } as const;
/** An AUC of more is that of a seed which its features define. Proposed. */
const TOO_GOOD = 0.99;

/** What a model is worth, in words. */
export function useScoreWords() {
  const l = useText().lookalikes;
  const format = useFormat();
  const score = (value: number) => grouped(value, format.style.locale, 3);
  return {
    auc: ({ auc: { auc, low, high } }: Report) => l.aucOf(score(auc), score(low), score(high)),
    /** Whether the seed can be told from the rest, in a sentence. */
    signal: ({
      signal,
      auc,
      lift,
    }: Report): { readonly kind: 'yes' | 'weak' | 'known' | 'no'; readonly text: string } => {
      if (!signal) return { kind: 'no', text: l.signal.no };
      const at = lift.find(({ part }) => part === JUDGED.part)?.lift ?? 0;
      const text = l.signal.yes(format.exact(auc.auc, 'rate'));
      if (auc.auc > TOO_GOOD) return { kind: 'known', text: `${text}${l.between}${l.signal.known}` };
      return at < JUDGED.least ? { kind: 'weak', text: `${text}${l.between}${l.signal.weak}` } : { kind: 'yes', text };
    },
  };
}
