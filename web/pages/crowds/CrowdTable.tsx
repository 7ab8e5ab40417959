import { Button, Table, type TableProps } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import type { CrowdTaxonomy } from '../../../src/api/crowds.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useNarrow } from '../../shell/useNarrow.ts';
import { useSay, useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { StackedRows } from '../../ui/StackedRows.tsx';
import { Working } from '../../ui/Waiting.tsx';
import { builderWith } from '../audiences/builder/link.ts';
import { type CrowdSizes, partsOf, UNKNOWN } from './crowdSizes.ts';
import { useCrowdSizes } from './useCrowdSizes.ts';

interface CrowdTableProps {
  readonly taxonomy: CrowdTaxonomy;
  /** The audience it is compared with; '' is none. */
  readonly audience: string;
}

/** Questions that are asked without being told to; a taxonomy of more crowds takes a while. */
const MOST_AT_ONCE = 3;

interface CrowdRow {
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
  readonly size: number | null;
  readonly share: number | null;
  readonly among: number | null;
  readonly amongShare: number | null;
}

/** Crowds in the order in which they are asked: rule, size, share of all and of an audience. */
export function CrowdTable({ taxonomy, audience }: CrowdTableProps) {
  const c = useText().crowds;
  const format = useFormat();
  const narrow = useNarrow();
  const isMany = partsOf(taxonomy.crowds.map(({ id }) => id)).length > MOST_AT_ONCE;
  const [isAsked, setAsked] = useState(false);
  const { rows, known, error, isGoing } = useRows(taxonomy, audience, isAsked || !isMany);
  const columns = useColumns(taxonomy.name, audience);
  return (
    <>
      <Working going={isGoing} />
      {error ? <Failed error={error} /> : null}
      {isMany && !isAsked ? (
        <p className="qc-sentence">
          <Button onClick={() => setAsked(true)}>{c.count}</Button> <span className="qc-muted">{c.countLead}</span>
        </p>
      ) : null}
      <p className="qc-sentence">
        {known ? c.sentence(format.count(known.consumers), format.exact(known.share, 'rate')) : null}{' '}
        <span className="qc-muted">{c.first}</span>
      </p>
      {narrow ? (
        <StackedRows rows={rows} rowKey="id" columns={columns} />
      ) : (
        <Table
          size="small"
          rowKey="id"
          dataSource={rows}
          columns={columns}
          pagination={false}
          scroll={{ x: 'max-content' }}
        />
      )}
    </>
  );
}

function useRows({ name, version, crowds }: CrowdTaxonomy, audience: string, isAsked: boolean) {
  const c = useText().crowds;
  const say = useSay();
  const asked = { name, version, ids: crowds.map(({ id }) => id) };
  const all = useCrowdSizes({ ...asked, audience: '' }, isAsked);
  const within = useCrowdSizes({ ...asked, audience }, isAsked && audience !== '');
  const { sizes } = all;
  const rowOf = (id: string, called: string, sentence: string): CrowdRow => {
    const among = shareOf(id, within.sizes);
    return { id, name: called, sentence, ...shareOf(id, sizes), among: among.size, amongShare: among.share };
  };
  const rows = crowds.map(({ id, title, sentence }) => rowOf(id, say(title), say(sentence)));
  const rest = sizes.of.get(UNKNOWN) ?? 0;
  return {
    rows: [...rows, rowOf(UNKNOWN, c.unknown, '')],
    known:
      sizes.all !== null && sizes.all > 0 ? { consumers: sizes.all - rest, share: 1 - rest / sizes.all } : undefined,
    error: all.error ?? within.error,
    isGoing: all.isGoing || within.isGoing,
  };
}

function shareOf(id: string, { all, of }: CrowdSizes) {
  const size = of.get(id) ?? null;
  return { size, share: size === null || all === null || all === 0 ? null : size / all };
}

function useColumns(taxonomy: string, audience: string): NonNullable<TableProps<CrowdRow>['columns']> {
  const c = useText().crowds;
  const format = useFormat();
  const count = (title: string, dataIndex: 'size' | 'among') => ({
    ...{ title, dataIndex, align: 'end' as const, className: 'qc-nowrap' },
    render: (value: number | null) => format.exact(value, 'count'),
  });
  const share = (title: string, dataIndex: 'share' | 'amongShare') => ({
    ...{ title, dataIndex, align: 'end' as const, className: 'qc-nowrap' },
    render: (value: number | null) => format.exact(value, 'rate'),
  });
  return [
    { title: c.crowd, dataIndex: 'name' },
    {
      title: c.rule,
      dataIndex: 'sentence',
      render: (sentence: string) => <div className="qc-crowd-rule">{sentence === '' ? '–' : sentence}</div>,
    },
    count(c.size, 'size'),
    share(c.share, 'share'),
    ...(audience === '' ? [] : [count(c.among(audience), 'among'), share(c.amongShare, 'amongShare')]),
    {
      key: 'do',
      render: (_, { id }) => <Link href={builderWith({ crowd: { taxonomy, in: [id] } })}>{c.target}</Link>,
    },
  ];
}
