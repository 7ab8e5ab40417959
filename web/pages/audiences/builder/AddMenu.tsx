import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useText } from '../../../text/useText.ts';
import { forms } from '../kinds/forms.ts';
import { deepening } from '../kinds/moved.tsx';
import { useBuild } from './build.ts';
import { type Group, groupOf, inserted, leafOf, type Node, treeOf } from './tree.ts';
import { useKindTitle } from './useKindTitle.ts';

const groups = ['behavior', 'stage', 'person', 'other'] as const;
const DEEPENED = 'deepened';

/** Adds a condition of a kind, or a group, at the end of a group. */
export function AddMenu({ group }: { readonly group: Group }) {
  const { root, change, beginning } = useBuild();
  const t = useText().audiences;
  const titleOf = useKindTitle();
  const add = (node: Node) => change(inserted(root, group.id, group.parts.length, node));
  const addKind = (key: string) => {
    const form = forms.find(({ name }) => name === key);
    if (form) add(leafOf(form.name, form.fresh(beginning)));
    else if (key === DEEPENED) add(treeOf({ any: deepening(beginning) }));
  };
  const items: MenuProps['items'] = groups.map((each) => ({
    key: each,
    type: 'group',
    label: t.build.groups[each],
    children: [
      ...forms.filter((form) => form.group === each).map(({ name }) => ({ key: name, label: titleOf(name) })),
      ...(each === 'stage' ? [{ key: DEEPENED, label: titleOf(DEEPENED) }] : []),
    ],
  }));
  return (
    <span className="qc-rule-add">
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => addKind(key), className: 'qc-rule-kinds' }}>
        <Button size="small" icon={<PlusOutlined />}>
          {t.build.add}
        </Button>
      </Dropdown>
      <Button
        size="small"
        type="text"
        icon={<PlusOutlined />}
        onClick={() => add(groupOf(group.kind === 'all' ? 'any' : 'all', []))}
      >
        {t.build.addGroup}
      </Button>
    </span>
  );
}
