import { useFormat } from '../../../format/useFormat.ts';
import { useText } from '../../../text/useText.ts';
import { scaleOf, standsOut, type TgiCell } from './tgi.ts';
import { useTgiWords } from './useTgiWords.ts';

interface TgiBarsProps {
  readonly cells: readonly TgiCell[];
  /** Tags are named too: the values are of several. */
  readonly mixed: boolean;
  readonly onOpen: (cell: TgiCell, label: string) => void;
}

/** Indexes as bars from 100, each with its interval; what chance may have brought is grey. */
export function TgiBars({ cells, mixed, onOpen }: TgiBarsProps) {
  const words = useTgiWords();
  const most = scaleOf(cells);
  return (
    <ul className="qc-tgi">
      {cells.map((cell) => {
        const value = words.value(cell);
        const label = mixed ? `${words.tag(cell.tag)} · ${value}` : value;
        return <TgiBar key={`${cell.tag} ${cell.value}`} {...{ cell, label, most, onOpen }} />;
      })}
    </ul>
  );
}

interface TgiBarProps extends Pick<TgiBarsProps, 'onOpen'> {
  readonly cell: TgiCell;
  readonly label: string;
  readonly most: number;
}

function TgiBar({ cell, label, most, onOpen }: TgiBarProps) {
  const t = useText();
  const format = useFormat();
  const { tgi, low, high, consumers, share, base_share: base } = cell;
  const at = (index: number) => `${(100 * Math.min(most, Math.max(0, index))) / most}%`;
  const whole = (index: number | null) => (index === null ? '–' : format.count(Math.round(index)));
  const tip = `${t.audiences.shown.share} ${format.exact(share, 'rate')} · ${t.audiences.shown.baseShare} ${format.exact(base, 'rate')}`;
  return (
    <li data-out={standsOut(cell) || undefined} title={tip}>
      <span className="qc-tgi-name">{label}</span>
      <span className="qc-tgi-track" aria-hidden="true">
        {tgi === null ? null : (
          <span
            className="qc-tgi-bar"
            style={{
              insetInlineStart: at(Math.min(tgi, 100)),
              insetInlineEnd: `calc(100% - ${at(Math.max(tgi, 100))})`,
            }}
          />
        )}
        {low === null || high === null ? null : (
          <span
            className="qc-tgi-span"
            style={{ insetInlineStart: at(low), insetInlineEnd: `calc(100% - ${at(high)})` }}
          />
        )}
        <span className="qc-tgi-even" style={{ insetInlineStart: at(100) }} />
      </span>
      <span className="qc-tgi-figure">
        <strong>{whole(tgi)}</strong>
        {low === null || high === null ? null : (
          <span className="qc-muted">
            {' '}
            {whole(low)}–{whole(high)}
          </span>
        )}
      </span>
      <button
        type="button"
        className="qc-number"
        aria-label={t.ui.openNumber(`${label} ${format.count(consumers)}`)}
        onClick={() => onOpen(cell, label)}
      >
        {format.count(consumers)}
      </button>
    </li>
  );
}
