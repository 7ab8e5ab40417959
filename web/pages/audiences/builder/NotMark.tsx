import { useText } from '../../../text/useText.ts';
import { useBuild } from './build.ts';
import { changed, type Node, turned } from './tree.ts';

/** Turns a condition into its opposite and back. */
export function NotMark({ node }: { readonly node: Node }) {
  const { root, change } = useBuild();
  const t = useText().audiences.build;
  const isOn = node.nots % 2 === 1;
  return (
    <button
      type="button"
      className="qc-rule-not"
      aria-pressed={isOn}
      title={t.notTip}
      onClick={() => change(changed(root, node.id, turned))}
    >
      {isOn ? t.isNot : t.not}
    </button>
  );
}
