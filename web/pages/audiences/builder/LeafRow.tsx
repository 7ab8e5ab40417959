import { useSay, useText } from '../../../text/useText.ts';
import { formOf } from '../kinds/forms.ts';
import { useBuild } from './build.ts';
import { Figures } from './Figures.tsx';
import { LeafText } from './LeafText.tsx';
import { MoveHandle } from './MoveHandle.tsx';
import { NodeFaults } from './NodeFaults.tsx';
import { NodeMenu } from './NodeMenu.tsx';
import { NotMark } from './NotMark.tsx';
import { changed, type Leaf } from './tree.ts';
import { useKindTitle } from './useKindTitle.ts';

/** One condition: its form, or its text where it has none, and how many consumers it takes. */
export function LeafRow({ leaf }: { readonly leaf: Leaf }) {
  const { root, change, sentences } = useBuild();
  const t = useText().audiences.build;
  const say = useSay();
  const title = useKindTitle()(leaf.kind);
  const form = formOf(leaf.kind, leaf.body);
  const sentence = sentences.get(leaf.id);
  const put = (next: Pick<Leaf, 'kind' | 'body'>, about: string) =>
    change(
      changed(root, leaf.id, (node) => ({ id: node.id, nots: node.nots, ...next })),
      `${leaf.id} ${about}`,
    );
  return (
    <div className="qc-rule-node qc-rule-leaf">
      <MoveHandle id={leaf.id} what={title} />
      <div className="qc-rule-body">
        <NotMark node={leaf} />
        <strong className="qc-rule-title">{title}</strong>
        {form ? (
          <form.Form title={title} body={leaf.body} onChange={(body, about) => put({ kind: leaf.kind, body }, about)} />
        ) : (
          <div className="qc-rule-unknown">
            <div className="qc-muted qc-small">{sentence ? say(sentence) : t.unknown}</div>
            <LeafText leaf={leaf} label={title} onChange={(next) => put(next, 'text')} />
          </div>
        )}
        <NodeFaults id={leaf.id} />
      </div>
      <Figures id={leaf.id} />
      <NodeMenu node={leaf} what={title} />
    </div>
  );
}
