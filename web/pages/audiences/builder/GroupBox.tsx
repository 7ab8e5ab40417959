import { Segmented } from 'antd';
import { useText } from '../../../text/useText.ts';
import { AddMenu } from './AddMenu.tsx';
import { useBuild } from './build.ts';
import { Figures } from './Figures.tsx';
import { LeafRow } from './LeafRow.tsx';
import { MoveHandle } from './MoveHandle.tsx';
import { NodeFaults } from './NodeFaults.tsx';
import { NodeMenu } from './NodeMenu.tsx';
import { NotMark } from './NotMark.tsx';
import { changed, type Group, isGroup, type Node } from './tree.ts';
import { useDropping } from './useDropping.ts';

interface GroupBoxProps {
  readonly group: Group;
  /** The whole rule: it stays where it is. */
  readonly isRoot?: boolean;
}

/** Conditions joined by 且 or 或, each with its numbers. */
export function GroupBox({ group, isRoot }: GroupBoxProps) {
  const { root, change } = useBuild();
  const t = useText().audiences.build;
  const what = isRoot ? t.root : t.group;
  const dropping = useDropping(group.id, group.parts.length, undefined);
  const join = (kind: Group['kind']) =>
    change(changed(root, group.id, (node) => (isGroup(node) ? { ...node, kind } : node)));
  return (
    <section className="qc-rule-node qc-rule-group" data-kind={group.kind} aria-label={what}>
      <div className="qc-rule-group-head">
        {isRoot ? null : <MoveHandle id={group.id} what={what} />}
        <div className="qc-rule-body">
          {isRoot ? null : <NotMark node={group} />}
          <Segmented<Group['kind']>
            size="small"
            aria-label={what}
            value={group.kind}
            onChange={join}
            options={[
              { value: 'all', label: t.all },
              { value: 'any', label: t.any },
            ]}
          />
        </div>
        {isRoot ? null : (
          <>
            <Figures id={group.id} />
            <NodeMenu node={group} what={what} />
          </>
        )}
      </div>
      <NodeFaults id={group.id} />
      <ul className="qc-rule-parts">
        {group.parts.map((part, at) => (
          <Part key={part.id} group={group} at={at} part={part} />
        ))}
      </ul>
      <div className="qc-rule-end" {...dropping}>
        {group.parts.length === 0 ? (
          <span className="qc-muted qc-small">{group.kind === 'all' ? t.emptyAll : t.emptyAny}</span>
        ) : null}
        <AddMenu group={group} />
      </div>
    </section>
  );
}

interface PartProps {
  readonly group: Group;
  readonly at: number;
  readonly part: Node;
}

function Part({ group, at, part }: PartProps) {
  const t = useText().audiences.build;
  const dropping = useDropping(group.id, at, part.id);
  return (
    <li {...dropping}>
      {at > 0 ? <span className="qc-rule-join">{group.kind === 'all' ? t.joinAll : t.joinAny}</span> : null}
      {isGroup(part) ? <GroupBox group={part} /> : <LeafRow leaf={part} />}
    </li>
  );
}
