import { Button, Drawer, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AudienceMove } from '../../../../src/api/audiences.ts';
import { type Moving, useAudienceMoves } from '../../../data/audiences.ts';
import { useSay, useText } from '../../../text/useText.ts';
import { Failed } from '../../../ui/Failed.tsx';
import { Waiting, Working } from '../../../ui/Waiting.tsx';

interface MovesDrawerProps {
  readonly id: number;
  readonly on: string;
  readonly which: Moving;
  readonly onClose: () => void;
}

/** Who came or went on a day, each with the conditions that turned. */
export function MovesDrawer({ id, on, which, onClose }: MovesDrawerProps) {
  const t = useText();
  const s = t.audiences.shown;
  const [pages, setPages] = useState([0]);
  const { data, error, isFetching, refetch } = useAudienceMoves(id, on, which, pages.at(-1) ?? 0);
  const next = data?.next;
  return (
    <Drawer
      open
      onClose={onClose}
      size={Math.min(560, window.innerWidth)}
      title={s.moves(on, s[which])}
      closable={{ 'aria-label': t.ui.close }}
    >
      <Working going={isFetching} />
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data?.moves.length === 0 ? <p className="qc-muted">{s.nobody}</p> : null}
      <ul className="qc-audience-moves">
        {(data?.moves ?? []).map((move) => (
          <Move key={move.consumer} move={move} />
        ))}
      </ul>
      {pages.length > 1 || next !== undefined ? (
        <Space>
          <Button disabled={pages.length < 2} onClick={() => setPages(pages.slice(0, -1))} aria-label="←">
            ←
          </Button>
          <Button disabled={next === undefined} onClick={() => next !== undefined && setPages([...pages, next])}>
            {t.ui.drawer.nextPage} →
          </Button>
        </Space>
      ) : null}
    </Drawer>
  );
}

function Move({ move: { consumer, why } }: { readonly move: AudienceMove }) {
  const s = useText().audiences.shown;
  const say = useSay();
  return (
    <li>
      <Link href={`/consumers/${consumer}`}>#{consumer}</Link>
      {why.length === 0 ? <div className="qc-muted qc-small">{s.noWhy}</div> : null}
      {why.map(({ place, sentence, holds }) => (
        <div key={JSON.stringify(place)} className="qc-small">
          {holds ? s.holds(say(sentence)) : s.holdsNot(say(sentence))}
        </div>
      ))}
    </li>
  );
}
