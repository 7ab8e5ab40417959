import { Button, Card, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { LinkReport } from '../../../src/api/links.ts';
import { useLinks } from '../../data/links.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Chain } from './Chain.tsx';
import { CutDialog } from './CutDialog.tsx';
import { Named } from './Named.tsx';

type LinkCard = LinkReport['cards'][number];

/** Why identifiers are one consumer: the rows that show them together, each with the offer to cut what it links. */
export function Links({ consumer }: { readonly consumer: number }) {
  const t = useText().consumers;
  const [cutting, setCutting] = useState<LinkCard>();
  const { data, error, refetch } = useLinks(consumer);
  const columns = useColumns(setCutting);
  const cards = data?.cards ?? [];
  return (
    <Card size="small" title={t.links}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data ? (
        <p className="qc-sentence qc-muted">
          {cards.length === 0 ? t.linksNone : t.linksLead} {data.more > 0 ? t.linksMore(data.more) : ''}
        </p>
      ) : null}
      {cards.length === 0 ? null : (
        <Table
          size="small"
          rowKey={({ identifiers, file, line }) => `${identifiers.join(' ')} ${file} ${line}`}
          dataSource={cards}
          pagination={cards.length > 10 ? { pageSize: 10, showSizeChanger: false, size: 'small' } : false}
          scroll={{ x: 720 }}
          columns={columns}
        />
      )}
      {data ? <Chain report={data} /> : null}
      {cutting ? <CutDialog card={cutting} onClose={() => setCutting(undefined)} /> : null}
    </Card>
  );
}

function useColumns(onCut: (card: LinkCard) => void): NonNullable<TableProps<LinkCard>['columns']> {
  const t = useText().consumers;
  const format = useFormat();
  const can = useCan();
  const cut = {
    key: 'do',
    render: (_: unknown, card: LinkCard) =>
      card.linking.length > 1 ? (
        <Button size="small" danger onClick={() => onCut(card)}>
          {t.cut}
        </Button>
      ) : null,
  };
  return [
    { title: t.linked, key: 'linked', render: (_, card) => <Linked card={card} /> },
    { title: t.source, dataIndex: 'source' },
    {
      title: t.file,
      dataIndex: 'file',
      render: (file: string) => <span style={{ overflowWrap: 'anywhere' }}>{file}</span>,
    },
    { title: t.line, dataIndex: 'line', align: 'end', render: (line: number) => format.count(line) },
    { title: t.firstSeen, dataIndex: 'first_seen', className: 'qc-nowrap', render: format.moment },
    { title: t.rows, dataIndex: 'rows', align: 'end', render: (rows: number) => format.count(rows) },
    ...(can('operate') ? [cut] : []),
  ];
}

/** Identifiers of a card; those that it does not link say so. */
function Linked({ card: { identifiers, linking } }: { readonly card: LinkCard }) {
  const t = useText().consumers;
  return identifiers.map((name) => {
    const isLinked = linking.length > 1 && linking.includes(name);
    return (
      <div key={name} className={isLinked ? undefined : 'qc-muted'}>
        <Named name={name} /> {isLinked ? null : `(${t.notLinked})`}
      </div>
    );
  });
}
