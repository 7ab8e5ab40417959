import { useText } from '../../text/useText.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { type Lifted, liftedOf, MONEY, placeOf, type ReadoutRow, reachOf, verdictOf } from './readout.ts';
import { useReadoutWords } from './useReadoutWords.ts';

interface ForestProps {
  readonly rows: readonly ReadoutRow[];
  readonly onOpen: (row: ReadoutRow, label: string) => void;
}

/** Every metric in words, with its lift and interval around no difference; shares have one scale, money its own. */
export function Forest({ rows, onOpen }: ForestProps) {
  const t = useText().pushes.readout;
  const shares = reachOf(rows.filter(({ metric }) => metric !== MONEY).flatMap((row) => liftedOf(row) ?? []));
  return (
    <>
      <h3 className="qc-small qc-muted">{t.forest}</h3>
      <ul className="qc-forest">
        {rows.map((row) => (
          <Line key={row.metric} row={row} reach={row.metric === MONEY ? undefined : shares} onOpen={onOpen} />
        ))}
      </ul>
    </>
  );
}

const tones = { better: 'good', worse: 'bad', unclear: 'quiet' } as const;

interface LineProps extends Pick<ForestProps, 'onOpen'> {
  readonly row: ReadoutRow;
  /** The end of the scale; its own when absent. */
  readonly reach: number | undefined;
}

function Line({ row, reach, onOpen }: LineProps) {
  const t = useText();
  const words = useReadoutWords();
  const lifted = liftedOf(row);
  const verdict = lifted && verdictOf(lifted);
  const name = words.name(row);
  return (
    <li data-metric={row.metric}>
      <div className="qc-forest-name">
        <button
          type="button"
          className="qc-number"
          aria-label={t.ui.openNumber(name)}
          onClick={() => onOpen(row, name)}
        >
          {name}
        </button>
        {verdict ? <StateMark tone={tones[verdict]}>{t.pushes.readout[verdict]}</StateMark> : null}
      </div>
      <Track lifted={lifted} reach={reach ?? reachOf(lifted ? [lifted] : [])} verdict={verdict} />
      <div className="qc-forest-words">
        {words.sentence(row)}
        {row.metric === 'strategic_crowd_share' && lifted ? (
          <span className="qc-muted"> {t.pushes.readout.composition}</span>
        ) : null}
      </div>
    </li>
  );
}

interface TrackProps {
  readonly lifted: Lifted | undefined;
  readonly reach: number;
  readonly verdict: ReturnType<typeof verdictOf> | undefined;
}

function Track({ lifted, reach, verdict }: TrackProps) {
  const at = (value: number) => `${placeOf(value, reach)}%`;
  return (
    <div className="qc-forest-track" aria-hidden="true" data-verdict={verdict}>
      <span className="qc-forest-zero" />
      {lifted ? (
        <>
          <span
            className="qc-forest-span"
            style={{ insetInlineStart: at(lifted.low), insetInlineEnd: `calc(100% - ${at(lifted.high)})` }}
          />
          <span className="qc-forest-dot" style={{ insetInlineStart: at(lifted.lift) }} />
        </>
      ) : null}
    </div>
  );
}
