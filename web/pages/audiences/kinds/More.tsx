import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { Fragment, type ReactNode, useState } from 'react';
import { useText } from '../../../text/useText.ts';

/** A field that a condition may have. */
export interface Extra {
  readonly key: string;
  readonly label: string;
  readonly isSet: boolean;
  render(close: () => void): ReactNode;
}

/** Fields that are asked for, and a menu of those that are not yet. */
export function More({ extras }: { readonly extras: readonly Extra[] }) {
  const t = useText().audiences;
  const [opened, setOpened] = useState<readonly string[]>([]);
  const isShown = ({ key, isSet }: Extra) => isSet || opened.includes(key);
  const rest = extras.filter((each) => !isShown(each));
  return (
    <>
      {extras.filter(isShown).map(({ key, render }) => (
        <Fragment key={key}>{render(() => setOpened(opened.filter((each) => each !== key)))}</Fragment>
      ))}
      {rest.length > 0 ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: rest.map(({ key, label }) => ({ key, label })),
            onClick: ({ key }) => setOpened([...opened, key]),
          }}
        >
          <Button type="text" size="small" icon={<PlusOutlined />} className="qc-rule-more">
            {t.limit}
          </Button>
        </Dropdown>
      ) : null}
    </>
  );
}
