import { Select } from 'antd';
import type { AudienceComparison } from '../../../../src/api/audiences.ts';
import { useCompared } from '../../../data/audiences.ts';
import { useFormat } from '../../../format/useFormat.ts';
import { useText } from '../../../text/useText.ts';
import { Failed } from '../../../ui/Failed.tsx';
import { Working } from '../../../ui/Waiting.tsx';
import { grouped } from '../grouped.ts';
import type { RuleData } from './tree.ts';

/** Something that can be compared: a rule, or an audience by its name. */
export interface Side {
  readonly key: string;
  readonly label: string;
  /** Heading it stands under. */
  readonly group?: string;
  readonly is: string | RuleData;
}

interface ComparisonProps {
  readonly sides: readonly Side[];
  readonly left: string;
  readonly right: string;
  readonly onPick: (change: { readonly left?: string; readonly right?: string }) => void;
  readonly on?: string;
}

/** Two rules as of the same day: who is in one of them only, and who in both. */
export function Comparison({ sides, left, right, onPick, on }: ComparisonProps) {
  const t = useText().audiences.compare;
  const [one, other] = [left, right].map((key) => sides.find((each) => each.key === key)?.is);
  const isAsked = one !== undefined && other !== undefined;
  const question = isAsked ? { left: sent(one), right: sent(other), ...(on ? { on } : {}) } : undefined;
  const { data, error, isFetching, isPlaceholderData, refetch } = useCompared(question);
  const picker = (label: string, value: string, pick: (key: string) => void) => (
    <span className="qc-rule-field">
      <span className="qc-muted">{label}</span>
      <Select
        aria-label={label}
        value={value || null}
        placeholder={t.pick}
        options={optionsOf(sides)}
        onChange={pick}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        style={{ width: 220 }}
      />
    </span>
  );
  return (
    <>
      <div className="qc-rule-sides">
        {picker(t.left, left, (key) => onPick({ left: key }))}
        {picker(t.right, right, (key) => onPick({ right: key }))}
      </div>
      <Working going={isFetching} />
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {data && isAsked && !error ? (
        <div style={{ opacity: isPlaceholderData ? 0.5 : 1 }}>
          <Shares compared={data} />
        </div>
      ) : null}
    </>
  );
}

/** A rule as it is sent: plain data without keys that say nothing. */
function sent(side: string | RuleData): string | Record<string, unknown> {
  return typeof side === 'string' ? side : { ...side };
}

function optionsOf(sides: readonly Side[]) {
  const single = sides.filter(({ group }) => group === undefined).map(({ key, label }) => ({ value: key, label }));
  const groups = grouped(
    sides.filter(({ group }) => group !== undefined),
    ({ group }) => group ?? '',
  );
  return [
    ...single,
    ...groups.map(([label, each]) => ({
      label,
      options: each.map((side) => ({ value: side.key, label: side.label })),
    })),
  ];
}

/** Three parts of the union as one bar, each with its number. */
function Shares({ compared }: { readonly compared: AudienceComparison }) {
  const t = useText().audiences.compare;
  const format = useFormat();
  const parts = [
    { key: 'left', name: t.onlyLeft, value: compared.only_left },
    { key: 'both', name: t.both, value: compared.both },
    { key: 'right', name: t.onlyRight, value: compared.only_right },
  ];
  return (
    <>
      <p className="qc-sentence">
        {t.sentence(format.count(compared.left), format.count(compared.right), format.count(compared.both))}
      </p>
      <div className="qc-rule-shares" aria-hidden="true">
        {parts.map(({ key, value }) => (
          <span key={key} data-part={key} style={{ flexGrow: value }} />
        ))}
      </div>
      <dl className="qc-rule-shares-names">
        {parts.map(({ key, name, value }) => (
          <div key={key} data-part={key}>
            <dt>{name}</dt>
            <dd>{format.count(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
