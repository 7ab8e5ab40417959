import { Select } from 'antd';
import { useMemo } from 'react';
import type { AnswerBody } from '../../../../src/api/analyses.ts';
import type { Audience } from '../../../../src/api/audiences.ts';
import { useText } from '../../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../../ui/answer/AnswerCard.tsx';
import { NothingHere } from '../../../ui/Empty.tsx';
import { AudienceSelect } from '../../../ui/form/AudienceSelect.tsx';
import { useUrlState } from '../../../url/urlState.ts';
import { StageOverlap } from './StageOverlap.tsx';
import { TgiBars } from './TgiBars.tsx';
import { mostDistinct, ofTag, type TgiCell, tagsOf } from './tgi.ts';
import { useTgiWords } from './useTgiWords.ts';

/** Values that are told where no tag is picked. */
const MOST = 24;

/** What an audience is like against everybody or another audience. */
export function PortraitCard({ audience: { name } }: { readonly audience: Audience }) {
  const t = useText().audiences.shown;
  const [{ base }, set] = useUrlState({ base: '' });
  return (
    <>
      <div className="qc-rule-field">
        <span className="qc-muted">{t.portraitOn}</span>
        <AudienceSelect
          label={t.base}
          none={t.everybody}
          value={base}
          onChange={(next) => set({ base: next }, { replace: true })}
        />
      </div>
      <AnswerCard
        analysis="portrait"
        title={t.portrait}
        params={{ audience: name, base }}
        sentence={() => <span className="qc-muted qc-small">{t.portraitLead}</span>}
        chart={(answer, openRow) => <Portrait answer={answer} openRow={openRow} />}
      />
    </>
  );
}

interface PortraitProps {
  readonly answer: AnswerBody;
  readonly openRow: OpenRow;
}

function Portrait({ answer, openRow }: PortraitProps) {
  const t = useText().audiences.shown;
  const words = useTgiWords();
  const [{ tag }, set] = useUrlState({ tag: '' });
  const cells = answer.rows as unknown as readonly TgiCell[]; // as: the columns of the analysis
  const tags = useMemo(() => tagsOf(cells), [cells]);
  const shown = tag !== '' && tags.includes(tag) ? ofTag(cells, tag) : mostDistinct(cells, MOST);
  const options = [{ value: '', label: t.mostDistinct }, ...tags.map((value) => ({ value, label: words.tag(value) }))];
  return (
    <>
      <StageOverlap cells={cells} onOpen={(cell, label) => openRow({ ...cell }, label)} />
      <Select
        size="small"
        aria-label={t.tag}
        value={tags.includes(tag) ? tag : ''}
        options={options}
        onChange={(next) => set({ tag: next }, { replace: true })}
        popupMatchSelectWidth={false}
        style={{ minWidth: 160, marginBlockEnd: 8 }}
      />
      {shown.length === 0 ? tags.length === 0 ? <NothingHere /> : <p className="qc-muted">{t.noneDistinct}</p> : null}
      <TgiBars cells={shown} mixed={!tags.includes(tag)} onOpen={(cell, label) => openRow({ ...cell }, label)} />
    </>
  );
}
