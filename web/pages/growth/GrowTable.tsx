import { Button, Table } from 'antd';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import type { Params } from '../../data/answers.ts';
import { type GrowRow, rowsAs } from '../../data/rows.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { byCategory, type CategoryChange } from './growFacts.ts';
import { Signed } from './Signed.tsx';
import { useSources } from './useSources.ts';

interface GrowTableProps {
  readonly params: Params;
  readonly onFocus: (category: string) => void;
}

/** Each category with what each source did to it. */
export function GrowTable({ params, onFocus }: GrowTableProps) {
  const t = useText().growth.grow;
  const format = useFormat();
  const { category } = useSources();
  const sentence = ({ rows }: AnswerBody) => {
    const changes = byCategory(rowsAs<GrowRow>(rows));
    const count = (sign: number) => format.count(changes.filter(({ sum }) => Math.sign(sum) === sign).length);
    const top = changes[0];
    const lead = t.tableSentence(count(1), count(-1));
    return top ? lead + t.topCategory(category(top.category), format.difference(top.sum, 'money')) : lead;
  };
  return (
    <AnswerCard
      analysis="grow"
      params={params}
      title={t.table}
      sentence={sentence}
      chart={null}
      table={(answer, openRow) => <Categories rows={rowsAs<GrowRow>(answer.rows)} onOpen={openRow} onFocus={onFocus} />}
    />
  );
}

interface CategoriesProps {
  readonly rows: readonly GrowRow[];
  readonly onOpen: OpenRow;
  readonly onFocus: (category: string) => void;
}

function Categories({ rows, onOpen, onFocus }: CategoriesProps) {
  const t = useText().growth.grow;
  const { metrics, source, category } = useSources();
  const amountOf = (change: CategoryChange, metric: string) => change.sources.get(metric)?.value ?? 0;
  return (
    <Table
      size="small"
      rowKey="category"
      dataSource={byCategory(rows)}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t.category,
          render: (_, change) => (
            <Button
              type="link"
              size="small"
              aria-label={t.pick(category(change.category))}
              onClick={() => onFocus(change.category)}
            >
              {category(change.category)}
            </Button>
          ),
        },
        ...metrics.map((metric) => ({
          key: metric,
          title: source(metric),
          align: 'end' as const,
          className: 'qc-nowrap',
          sorter: (a: CategoryChange, b: CategoryChange) => amountOf(a, metric) - amountOf(b, metric),
          render: (_: unknown, change: CategoryChange) => {
            const row = change.sources.get(metric);
            const label = `${category(change.category)} · ${source(metric)}`;
            return <Signed value={row?.value} label={label} onOpen={row && (() => onOpen(row, label))} />;
          },
        })),
        {
          title: t.sum,
          align: 'end',
          className: 'qc-nowrap',
          sorter: (a, b) => a.sum - b.sum,
          render: (_, change) => {
            const row = [...change.sources.values()][0];
            const label = `${category(change.category)} · ${t.sum}`;
            return <Signed value={change.sum} label={label} onOpen={row && (() => onOpen(row, label))} />;
          },
        },
      ]}
    />
  );
}
