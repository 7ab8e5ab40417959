import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { RuleSetEntry } from '../../../src/api/rules.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

interface AdoptRulesProps {
  readonly entry: RuleSetEntry;
  /** How many consumers would have another stage; unknown while it is worked out. */
  readonly changed: number | undefined;
}

/** Makes a version the one that every question uses, once its reader has seen what changes. */
export function AdoptRules({ entry: { key }, changed }: AdoptRulesProps) {
  const t = useText();
  const p = t.rules.preview;
  const can = useCan();
  const format = useFormat();
  const { modal, message } = App.useApp();
  const adopting = useMutation({
    mutationFn: () => call('/api/rules/adopt', { method: 'POST', body: { key } }),
    onSuccess: async () => {
      await Promise.all(['rules', 'data'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
      void message.success(p.adopted(key));
    },
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
  if (!can('operate')) return <span className="qc-muted">{p.noPermission}</span>;
  const ask = () =>
    modal.confirm({
      title: p.adoptSure(key),
      content: p.adoptLead(format.count(changed ?? 0)),
      okText: p.adopt,
      cancelText: t.ui.cancel,
      onOk: () => adopting.mutateAsync().catch(() => undefined),
    });
  return (
    <Button type="primary" disabled={changed === undefined} loading={adopting.isPending} onClick={ask}>
      {p.adopt}
    </Button>
  );
}
