import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Tabs } from 'antd';
import type { RuleSetEntry } from '../../../src/api/rules.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { RulesForm } from './RulesForm.tsx';
import { RulesJson } from './RulesJson.tsx';
import { changesIn, type RuleSet } from './ruleSet.ts';

interface EditRulesProps {
  /** The version it began with. */
  readonly base: RuleSet;
  readonly draft: RuleSet;
  readonly onDraft: (draft: RuleSet | undefined) => void;
  readonly onLook: () => void;
  readonly onSaved: (entry: RuleSetEntry) => void;
}

/** A new version out of an existing one, by a form or as JSON; nothing changes before it is adopted. */
export function EditRules({ base, draft, onDraft, onLook, onSaved }: EditRulesProps) {
  const t = useText();
  const e = t.rules.edit;
  const { message } = App.useApp();
  const [state, set] = useUrlState({ as: 'form' });
  const changes = changesIn(base, draft);
  const saving = useMutation({
    mutationFn: () => call<RuleSetEntry>('/api/rules', { method: 'POST', body: draft }),
    onSuccess: async (entry) => {
      await queries.invalidateQueries({ queryKey: ['rules'] });
      void message.success(e.saved(entry.key));
      onSaved(entry);
    },
  });
  return (
    <>
      <p className="qc-sentence qc-muted">{e.from(`${base.name}@${base.version}`)}</p>
      <div className="qc-tools-row">
        <Button type="primary" disabled={changes === 0} loading={saving.isPending} onClick={() => saving.mutate()}>
          {e.save}
        </Button>
        <Button disabled={changes === 0} onClick={onLook}>
          {e.look}
        </Button>
        <Button disabled={changes === 0} onClick={() => onDraft(undefined)}>
          {e.reset}
        </Button>
        <span className="qc-muted">{changes === 0 ? e.unchanged : e.changed(changes)}</span>
      </div>
      {saving.error ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          style={{ marginBlockEnd: 12 }}
          title={<span style={{ overflowWrap: 'anywhere' }}>{sayError(saving.error, t.ui)}</span>}
        />
      ) : null}
      <Tabs
        size="small"
        activeKey={state.as}
        onChange={(as) => set({ as }, { replace: true })}
        destroyOnHidden
        items={[
          { key: 'form', label: e.form, children: <RulesForm draft={draft} onDraft={onDraft} /> },
          { key: 'json', label: e.json, children: <RulesJson draft={draft} onDraft={onDraft} /> },
        ]}
      />
    </>
  );
}
