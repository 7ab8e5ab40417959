import { Card, Select } from 'antd';
import type { Audience } from '../../../../src/api/audiences.ts';
import { useShelfEntry } from '../../../data/answers.ts';
import { useText } from '../../../text/useText.ts';
import { AnswerCard } from '../../../ui/answer/AnswerCard.tsx';
import { useAudienceOptions } from '../../../ui/form/AudienceSelect.tsx';
import { useUrlState } from '../../../url/urlState.ts';

/** Audiences beside this one that are compared at once. */
const MOST = 19;

/** How much of an audience others have too. */
export function OverlapCard({ audience: { name } }: { readonly audience: Audience }) {
  const s = useText().audiences.shown;
  const options = useAudienceOptions().filter(({ value }) => value !== name);
  const upset = useShelfEntry('audience-upset');
  const [state, set] = useUrlState({ with: [] as string[] });
  const picked = (Array.isArray(state.with) ? state.with : []).filter((each) =>
    options.some(({ value }) => value === each),
  );
  const params = { audiences: [name, ...picked] };
  const isAsked = picked.length > 0;
  return (
    <>
      <Card size="small" title={s.overlap}>
        <Select
          mode="multiple"
          aria-label={s.overlapPick}
          placeholder={s.overlapPick}
          value={picked}
          options={options}
          maxCount={MOST}
          onChange={(next: string[]) => set({ with: next }, { replace: true })}
          style={{ width: '100%', maxWidth: 640 }}
        />
        {isAsked ? null : <p className="qc-muted">{s.overlapNone}</p>}
      </Card>
      {isAsked ? <AnswerCard className="qc-half" analysis="audience-overlap" params={params} height={320} /> : null}
      {isAsked && upset ? (
        <AnswerCard className="qc-half" analysis="audience-upset" params={params} height={320} />
      ) : null}
    </>
  );
}
