import { Table } from 'antd';
import type { RulePreview } from '../../../src/api/rules.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';

type Count = RulePreview['stages'][number];

/** Consumers by stage, now and if the rules were adopted. */
export function PreviewStages({ stages }: Pick<RulePreview, 'stages'>) {
  const t = useText().rules.preview;
  const format = useFormat();
  const say = useSay();
  const count = (title: string, dataIndex: 'now' | 'next') => ({
    title,
    dataIndex,
    align: 'end' as const,
    render: (value: number) => format.count(value),
  });
  return (
    <Table<Count>
      size="small"
      rowKey="code"
      dataSource={[...stages]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t.stage,
          dataIndex: 'code',
          render: (code: string, { title }) => (say(title) === code ? code : `${code} ${say(title)}`),
        },
        count(t.now, 'now'),
        count(t.next, 'next'),
        {
          title: t.by,
          key: 'by',
          align: 'end',
          render: (_, { now, next }) => <By by={next - now} />,
        },
      ]}
    />
  );
}

function By({ by }: { readonly by: number }) {
  const format = useFormat();
  const color = by > 0 ? 'var(--qc-gain)' : by < 0 ? 'var(--qc-loss)' : 'var(--qc-muted)';
  return <span style={{ color }}>{format.difference(by, 'count')}</span>;
}
