import { Button, Table } from 'antd';
import { useCallback, useMemo } from 'react';
import type { RulePreview } from '../../../src/api/rules.ts';
import { Sankey } from '../../charts/Sankey.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';
import { stageColor } from '../../theme/palette.ts';
import { usePalette } from '../../theme/theme.ts';
import { useStages } from '../../ui/useStages.ts';
import { useUrlState } from '../../url/urlState.ts';

/** From which stage to which consumers would go: bands, and the same as a table. */
export function PreviewMoves({ preview }: { readonly preview: RulePreview }) {
  const t = useText();
  const p = t.rules.preview;
  const say = useSay();
  const palette = usePalette();
  const stages = useStages();
  const [state, set] = useUrlState({ moves: 'chart' });
  const { moves, stages: counted } = preview;
  const order = useMemo(() => [...counted.map(({ code }) => code).reverse(), 'none'], [counted]);
  const flows = useMemo(
    () => moves.map(({ from, to, consumers }) => ({ from: from || 'none', to: to || 'none', value: consumers })),
    [moves],
  );
  const name = useCallback(
    (code: string) => {
      const title = counted.find((each) => each.code === code)?.title;
      return title && say(title) !== code ? `${code} ${say(title)}` : stages.name(code);
    },
    [counted, say, stages],
  );
  // A code that the adopted rules lack has the colour of its place among the stages of its own set.
  const color = useCallback(
    (code: string) => {
      if (code === 'none') return undefined;
      const strangers = counted.filter((each) => !stages.codes.includes(each.code)).map((each) => each.code);
      return stages.color(code) ?? stageColor(palette, strangers.indexOf(code));
    },
    [counted, palette, stages],
  );
  const isTable = state.moves === 'table';
  return (
    <>
      {isTable ? (
        <MoveTable moves={flows} name={name} />
      ) : (
        <Sankey title={p.movesTitle} flows={flows} order={order} name={name} color={color} height={300} />
      )}
      <Button size="small" onClick={() => set({ moves: isTable ? 'chart' : 'table' }, { replace: true })}>
        {isTable ? t.ui.showChart : t.ui.showTable}
      </Button>
    </>
  );
}

interface MoveTableProps {
  readonly moves: readonly { readonly from: string; readonly to: string; readonly value: number }[];
  readonly name: (code: string) => string;
}

function MoveTable({ moves, name }: MoveTableProps) {
  const t = useText().rules.preview;
  const format = useFormat();
  return (
    <Table
      size="small"
      rowKey={({ from, to }) => `${from} ${to}`}
      dataSource={[...moves]}
      pagination={false}
      scroll={{ x: 'max-content', y: 300 }}
      columns={[
        { title: t.now, dataIndex: 'from', render: name },
        { title: t.next, dataIndex: 'to', render: name },
        {
          title: t.consumers,
          dataIndex: 'value',
          align: 'end',
          sorter: (a, b) => a.value - b.value,
          render: (value: number) => format.count(value),
        },
      ]}
    />
  );
}
