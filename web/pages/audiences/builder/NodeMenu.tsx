import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useText } from '../../../text/useText.ts';
import { useBuild } from './build.ts';
import { copyOf, inserted, type Node, parentOf, removed, ruleOf, stepped, wrapped } from './tree.ts';

const steps = ['up', 'down', 'in', 'out'] as const;

/** What else can be done with a condition or a group. */
export function NodeMenu({ node, what }: { readonly node: Node; readonly what: string }) {
  const { root, change } = useBuild();
  const t = useText();
  const b = t.audiences.build;
  const { message } = App.useApp();
  const { id } = node;
  const twin = () => {
    const from = parentOf(root, id);
    return from ? inserted(root, from.group.id, from.at + 1, copyOf(node)) : root;
  };
  const copy = () =>
    navigator.clipboard.writeText(JSON.stringify(ruleOf(node), null, 2)).then(
      () => message.success(t.ui.copied),
      () => message.error(t.ui.failed),
    );
  const act = (key: string) => {
    const step = steps.find((each) => each === key);
    if (step) change(stepped(root, id, step));
    else if (key === 'wrap') change(wrapped(root, id));
    else if (key === 'twin') change(twin());
    else if (key === 'remove') change(removed(root, id));
    else void copy();
  };
  const items = [
    ...steps.map((key) => ({ key, label: b.menu[key], disabled: stepped(root, id, key) === root })),
    { type: 'divider' as const },
    ...(['wrap', 'twin', 'copy'] as const).map((key) => ({ key, label: b.menu[key] })),
    { type: 'divider' as const },
    { key: 'remove', label: b.menu.remove, danger: true },
  ];
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items, onClick: ({ key }) => act(key) }}>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={b.more(what)} title={b.more(what)} />
    </Dropdown>
  );
}
