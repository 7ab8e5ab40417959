import { useFormat } from '../format/useFormat.ts';
import { useText } from '../text/useText.ts';
import { ScrollX } from '../ui/ScrollX.tsx';
import { type SetGroup, setsOf, spanOf } from './setGroups.ts';
import './upset.css';

interface UpsetProps {
  readonly title: string;
  /** The largest first. */
  readonly groups: readonly SetGroup[];
  /** A group was clicked: its place, and its sets in words. */
  readonly onPick?: ((at: number, label: string) => void) | undefined;
}

/** Groups that are drawn; the table has all. */
const MOST = 40;
const COLUMN = 48;
const NAMES = 180;

/** Bars of exact intersections over a matrix of dots that tells of which sets each is. */
export function Upset({ title, groups, onPick }: UpsetProps) {
  const t = useText().ui;
  const format = useFormat();
  const sets = setsOf(groups);
  const shown = groups.slice(0, MOST);
  const most = Math.max(1, ...shown.map(({ count }) => count));
  return (
    <ScrollX width={NAMES + shown.length * COLUMN}>
      <table className="qc-upset" aria-label={t.charts.bar(title)}>
        <tbody>
          <tr className="qc-upset-bars">
            <td />
            {shown.map((group, at) => (
              <td key={group.sets.join('|')}>
                <Bar group={group} share={group.count / most} onPick={onPick && ((label) => onPick(at, label))} />
              </td>
            ))}
          </tr>
          {sets.map(({ name, size }, row) => (
            <tr key={name}>
              <th scope="row">
                <span className="qc-upset-name">{name}</span> <span className="qc-muted">{format.count(size)}</span>
              </th>
              {shown.map((group) => {
                const [first, last] = spanOf(group, sets);
                const isIn = group.sets.includes(name);
                return (
                  <td key={group.sets.join('|')} className="qc-upset-cell" aria-hidden="true">
                    {row >= first && row <= last && first < last ? (
                      <span
                        className="qc-upset-line"
                        data-end={row === first ? 'first' : row === last ? 'last' : undefined}
                      />
                    ) : null}
                    <span className="qc-upset-dot" data-in={isIn || undefined} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

interface BarProps {
  readonly group: SetGroup;
  /** Of the largest group. */
  readonly share: number;
  readonly onPick: ((label: string) => void) | undefined;
}

function Bar({ group: { sets, count }, share, onPick }: BarProps) {
  const t = useText().ui;
  const format = useFormat();
  const label = sets.join(' ∩ ');
  const bar = (
    <>
      <span className="qc-small">{format.short(count)}</span>
      <span className="qc-upset-bar" style={{ height: `${Math.max(1, 140 * share)}px` }} />
    </>
  );
  if (!onPick) return <span className="qc-upset-group">{bar}</span>;
  return (
    <button
      type="button"
      className="qc-upset-group"
      title={`${label} ${format.count(count)}`}
      aria-label={t.openNumber(`${label} ${format.count(count)}`)}
      onClick={() => onPick(label)}
    >
      {bar}
    </button>
  );
}
