import {
  CodeOutlined,
  DiffOutlined,
  LinkOutlined,
  RedoOutlined,
  SnippetsOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useChangingAudience } from '../../../data/audiences.ts';
import { useCan } from '../../../data/session.ts';
import { useFormat } from '../../../format/useFormat.ts';
import { useText } from '../../../text/useText.ts';
import { sayError } from '../../../ui/Failed.tsx';
import { useLastDay } from '../../../url/usePeriod.ts';
import { hashOf } from './link.ts';
import { SaveDialog } from './SaveDialog.tsx';
import type { RuleData } from './tree.ts';
import type { useDraft } from './useDraft.ts';

interface ToolbarProps {
  readonly draft: ReturnType<typeof useDraft>;
  readonly rule: RuleData;
  readonly of: { readonly id: number; readonly name: string } | undefined;
  readonly on: string;
  /** The day that the audience is looked at unless another is picked. */
  readonly standardOn: string;
  /** The rule cannot be saved as it stands. */
  readonly isFaulty: boolean;
  readonly onPanel: (panel: 'templates' | 'text' | 'compare') => void;
}

/** Steps back and forth, other looks at the rule, and saving it. */
export function Toolbar({ draft, rule, of, on, standardOn, isFaulty, onPanel }: ToolbarProps) {
  const t = useText();
  const b = t.audiences.build;
  const can = useCan();
  const { message } = App.useApp();
  const share = () => {
    const hash = hashOf(rule);
    if (hash === undefined) return void message.warning(b.tooLong);
    const { origin, pathname, search } = window.location;
    navigator.clipboard.writeText(`${origin}${pathname}${search}${hash}`).then(
      () => message.success(b.shared),
      () => message.error(t.ui.failed),
    );
  };
  return (
    <div className="qc-rule-tools" role="toolbar" aria-label={b.title}>
      <Tooltip title={`${b.undo} ${b.undoKeys}`}>
        <Button icon={<UndoOutlined />} aria-label={b.undo} disabled={!draft.undo} onClick={draft.undo} />
      </Tooltip>
      <Tooltip title={`${b.redo} ${b.redoKeys}`}>
        <Button icon={<RedoOutlined />} aria-label={b.redo} disabled={!draft.redo} onClick={draft.redo} />
      </Tooltip>
      <Button icon={<SnippetsOutlined />} onClick={() => onPanel('templates')}>
        {t.audiences.templates.title}
      </Button>
      <Button icon={<CodeOutlined />} onClick={() => onPanel('text')}>
        {b.text}
      </Button>
      <Button icon={<DiffOutlined />} onClick={() => onPanel('compare')}>
        {b.compare}
      </Button>
      <Button icon={<LinkOutlined />} onClick={share}>
        {b.share}
      </Button>
      {can('people') ? <Saving {...{ rule, of, on, standardOn, isFaulty }} /> : null}
    </div>
  );
}

type SavingProps = Pick<ToolbarProps, 'rule' | 'of' | 'on' | 'standardOn' | 'isFaulty'>;

function Saving({ rule, of, on, standardOn, isFaulty }: SavingProps) {
  const t = useText();
  const b = t.audiences.build;
  const format = useFormat();
  const [, go] = useLocation();
  const { message } = App.useApp();
  const last = useLastDay();
  const [open, setOpen] = useState(false);
  const changing = useChangingAudience(of?.id ?? 0);
  const change = () =>
    changing.mutate(
      { rule: { ...rule }, ...(on === standardOn ? {} : { on }) },
      {
        onSuccess: ({ id, name, version }) => {
          void message.success(t.audiences.save.versioned(name, version));
          go(`/audiences/${id}`);
        },
        onError: (error) => void message.error(sayError(error, t.ui)),
      },
    );
  return (
    <span className="qc-rule-saving">
      {of ? (
        <Button type="primary" disabled={isFaulty} loading={changing.isPending} onClick={change}>
          {b.saveVersion}
        </Button>
      ) : null}
      <Button type={of ? 'default' : 'primary'} disabled={isFaulty} onClick={() => setOpen(true)}>
        {of ? b.saveAs : b.saveNew}
      </Button>
      {open ? (
        <SaveDialog
          rule={rule}
          on={on}
          isFixed={on !== last}
          {...(of ? { name: t.audiences.copyName(of.name) } : {})}
          onClose={() => setOpen(false)}
          onSaved={({ id, name, consumers }) => {
            void message.success(t.audiences.save.saved(name, format.count(consumers ?? 0)));
            go(`/audiences/${id}`);
          }}
        />
      ) : null}
    </span>
  );
}
