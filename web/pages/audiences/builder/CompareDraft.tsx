import { Drawer } from 'antd';
import { useMemo, useState } from 'react';
import { useText } from '../../../text/useText.ts';
import { Comparison } from './Comparison.tsx';
import type { RuleData } from './tree.ts';
import { useSides } from './useSides.ts';

interface CompareDraftProps {
  readonly draft: RuleData;
  readonly of: { readonly id: number } | undefined;
  readonly on: string;
  readonly onClose: () => void;
}

/** The draft against an earlier version of the same audience, or against another audience. */
export function CompareDraft({ draft, of, on, onClose }: CompareDraftProps) {
  const t = useText();
  const c = t.audiences.compare;
  const saved = useSides(of?.id);
  const sides = useMemo(() => [{ key: 'draft', label: c.draft, is: draft }, ...saved], [saved, draft, c.draft]);
  const first = of ? saved.find(({ key }) => key.startsWith('v'))?.key : undefined;
  const [picked, setPicked] = useState<{ readonly left?: string; readonly right?: string }>({});
  return (
    <Drawer
      open
      onClose={onClose}
      size={Math.min(640, window.innerWidth)}
      title={c.title}
      closable={{ 'aria-label': t.ui.close }}
    >
      <p className="qc-muted">{c.lead}</p>
      <Comparison
        sides={sides}
        left={picked.left ?? first ?? ''}
        right={picked.right ?? 'draft'}
        onPick={(change) => setPicked({ ...picked, ...change })}
        on={on}
      />
    </Drawer>
  );
}
