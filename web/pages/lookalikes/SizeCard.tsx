import { App, Button, Card, Input, InputNumber, Slider, Space } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Lookalike } from '../../../src/api/lookalikes.ts';
import { Bars } from '../../charts/Bars.tsx';
import { useCreatingAudience } from '../../data/audiences.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { placeOn, type Size, sizeAt, usualSize } from './sizes.ts';

/** How great the lookalike is to be, what to expect of that, and the audience that comes of it. */
export function SizeCard({ model }: { readonly model: Lookalike }) {
  const l = useText().lookalikes;
  const can = useCan();
  const { curve } = model.report;
  const usual = usualSize(curve);
  const [{ size }, set] = useUrlState({ size: usual?.consumers ?? 0 });
  const picked = sizeAt(curve, size);
  const most = curve.at(-1)?.consumers ?? 0;
  if (!picked || most === 0) return null;
  const pick = (consumers: number | null) =>
    set({ size: Math.min(most, Math.max(1, Math.round(consumers ?? 1))) }, { replace: true });
  return (
    <Card size="small" title={l.size.title}>
      <div className="qc-lookalike-pick">
        <Slider
          min={0}
          max={curve.length - 1}
          value={placeOn(curve, picked.consumers)}
          onChange={(at) => pick(curve[at]?.consumers ?? 1)}
          ariaLabelForHandle={l.size.pick}
          tooltip={{ formatter: null }}
        />
        <InputNumber
          aria-label={l.size.pick}
          min={1}
          max={most}
          precision={0}
          value={picked.consumers}
          onChange={pick}
        />
      </div>
      <Expected size={picked} />
      <Curve curve={curve} onPick={pick} />
      {can('people') ? <Save key={picked.consumers} model={model} size={picked} /> : null}
    </Card>
  );
}

function Expected({ size: { consumers, part, caught, alike } }: { readonly size: Size }) {
  const s = useText().lookalikes.size;
  const format = useFormat();
  return (
    <>
      <p className="qc-sentence" data-testid="lookalike-size">
        {s.count(format.count(consumers), format.exact(part, 'rate'))}
      </p>
      <dl className="qc-lookalike-figures">
        <div title={s.caughtTip}>
          <dt className="qc-muted">{s.caught}</dt>
          <dd className="qc-figure">{format.exact(caught, 'rate')}</dd>
        </div>
        <div title={s.alikeTip}>
          <dt className="qc-muted">{s.alike}</dt>
          <dd className="qc-figure">{format.exact(alike, 'rate')}</dd>
        </div>
      </dl>
    </>
  );
}

interface CurveProps {
  readonly curve: readonly Size[];
  readonly onPick: (consumers: number) => void;
}

function Curve({ curve, onPick }: CurveProps) {
  const s = useText().lookalikes.size;
  const format = useFormat();
  const { names, series } = useMemo(
    () => ({
      names: curve.map(({ consumers }) => format.short(consumers)),
      series: [
        { id: 'caught', name: s.caught, values: curve.map(({ caught }) => caught) },
        { id: 'alike', name: s.alike, values: curve.map(({ alike }) => alike) },
      ],
    }),
    [curve, s, format],
  );
  const pick = (_: number, at: number) => onPick(curve[at]?.consumers ?? 1);
  return <Bars title={s.chart} names={names} series={series} kind="rate" height={220} onPick={pick} />;
}

function Save({ model: { id, seed }, size }: { readonly model: Lookalike; readonly size: Size }) {
  const t = useText();
  const s = t.lookalikes.size;
  const format = useFormat();
  const [, go] = useLocation();
  const { message } = App.useApp();
  const [name, setName] = useState(s.saveName(seed, format.count(size.consumers)));
  const creating = useCreatingAudience();
  const save = () =>
    creating.mutate(
      { name: name.trim(), rule: { lookalike: { model: id, top: size.consumers } } },
      {
        onSuccess: (made) => {
          void message.success(s.saved(made.name));
          go(`/audiences/${made.id}`);
        },
        onError: (error) => void message.error(sayError(error, t.ui)),
      },
    );
  return (
    <Space wrap style={{ marginBlockStart: 12 }}>
      <Input
        aria-label={s.name}
        maxLength={200}
        value={name}
        onChange={({ target }) => setName(target.value)}
        style={{ width: 320, maxWidth: '100%' }}
      />
      <Button type="primary" disabled={name.trim() === ''} loading={creating.isPending} onClick={save}>
        {s.save}
      </Button>
    </Space>
  );
}
