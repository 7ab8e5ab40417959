import { Segmented } from 'antd';
import { useText } from '../../../text/useText.ts';
import { BehaviorSelect } from '../../rules/BehaviorSelect.tsx';
import { given, hasOnly, isSpan, isTexts, isWhere, type Span, type Where } from './bodies.ts';
import { More } from './More.tsx';
import { SpanField } from './SpanField.tsx';
import { useWhereExtras } from './where.tsx';

/** Events or paid lines whatever their number: a step of a sequence. */
export interface ActBody {
  readonly behavior?: readonly string[] | undefined;
  readonly window?: Span | undefined;
  readonly where?: Where | undefined;
}
export type Act = { readonly did: ActBody } | { readonly bought: ActBody };

export function isAct(value: unknown): value is Act {
  const isDid = (body: unknown) =>
    hasOnly(body, { behavior: isTexts, window: isSpan, where: isWhere }) && isTexts((body as ActBody).behavior); // as: an object of these keys only
  const isBought = (body: unknown) => hasOnly(body, { window: isSpan, where: isWhere });
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
  return ('did' in value && isDid(value.did)) || ('bought' in value && isBought(value.bought));
}

interface ActFormProps {
  readonly label: string;
  readonly act: Act;
  readonly onChange: (act: Act) => void;
  /** Events only. */
  readonly eventsOnly?: boolean;
}

export function ActForm({ label, act, onChange, eventsOnly }: ActFormProps) {
  const t = useText().audiences.forms;
  const kind = 'did' in act ? 'did' : 'bought';
  const body = 'did' in act ? act.did : act.bought;
  const put = (change: ActBody) => {
    const next = given({ ...body, ...change });
    onChange(kind === 'did' ? { did: next } : { bought: next });
  };
  const turn = (next: string) => {
    const { behavior: _, ...rest } = body;
    onChange(next === 'did' ? { did: { behavior: ['item_view'], ...rest } } : { bought: rest });
  };
  const where = useWhereExtras(body.where, (next) => put({ where: next }));
  return (
    <>
      {eventsOnly ? null : (
        <Segmented
          size="small"
          aria-label={label}
          value={kind}
          onChange={turn}
          options={(['did', 'bought'] as const).map((value) => ({ value, label: t.sequence[value] }))}
        />
      )}
      {kind === 'did' ? (
        <span className="qc-rule-behaviors">
          <BehaviorSelect
            label={`${label} ${t.did.behaviors}`}
            value={body.behavior ?? []}
            onChange={(behavior) => put({ behavior })}
          />
        </span>
      ) : null}
      <SpanField label={`${label} ${t.window}`} value={body.window} onChange={(window) => put({ window })} />
      <More extras={where} />
    </>
  );
}
