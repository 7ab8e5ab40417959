import { Link } from 'wouter';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import type { Params } from '../../data/answers.ts';
import { type MoveRow, moveKinds, rowsAs } from '../../data/rows.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { KindMark } from './KindMark.tsx';
import { MoveList } from './MoveList.tsx';
import { headcount, movesOf } from './moves.ts';
import { useMoveSentence } from './useMoveSentence.ts';

/** Moves that are shown of each kind. */
const SHOWN = 5;

interface WhyCardProps {
  readonly params: Params;
  /** Where all moves are shown. */
  readonly more: string;
  readonly className?: string;
}

/** What changed and why: the largest moves of each kind with what brought them. */
export function WhyCard({ params, more, className }: WhyCardProps) {
  const t = useText().assets;
  const sentence = useMoveSentence();
  return (
    <AnswerCard
      analysis="aipl-moves"
      params={params}
      title={t.whyTitle}
      sentence={({ rows }: AnswerBody) => sentence(rowsAs<MoveRow>(rows))}
      chart={null}
      table={(answer, openRow) => (
        <>
          <Kinds rows={rowsAs<MoveRow>(answer.rows)} onOpen={openRow} />
          <Link href={more}>{t.allMoves}</Link>
        </>
      )}
      {...(className ? { className } : {})}
    />
  );
}

function Kinds({ rows, onOpen }: { readonly rows: readonly MoveRow[]; readonly onOpen: OpenRow }) {
  const t = useText().assets;
  const format = useFormat();
  return (
    <div className="qc-kinds">
      {moveKinds.map((kind) => {
        const own = movesOf(rows, kind);
        return (
          <section key={kind} aria-label={t.kinds[kind]}>
            <h3>
              <KindMark kind={kind} /> {t.kinds[kind]}{' '}
              <span className="qc-muted">{t.people(format.count(headcount(own)))}</span>
            </h3>
            {own.length > 0 ? (
              <MoveList rows={own.slice(0, SHOWN)} onOpen={onOpen} />
            ) : (
              <p className="qc-muted">{t.none}</p>
            )}
          </section>
        );
      })}
    </div>
  );
}
