import { AutoComplete, Button, Form } from 'antd';
import type { LinkReport } from '../../../src/api/links.ts';
import { useChain } from '../../data/links.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Named } from './Named.tsx';

/** Asks how a consumer comes to another identifier, and tells it step by step. */
export function Chain({ report: { consumer, identifiers } }: { readonly report: LinkReport }) {
  const t = useText().consumers;
  const [first, ...others] = identifiers;
  const asking = useChain(consumer);
  const { data, error } = asking;
  if (!first) return null;
  return (
    <section className="qc-chain-ask" aria-label={t.chainAsk}>
      <h3 className="qc-small">{t.chainAsk}</h3>
      <Form<{ to: string }>
        onFinish={({ to }) => asking.mutate(to.trim())}
        onValuesChange={asking.reset}
        autoComplete="off"
      >
        <div className="qc-find-row">
          <Form.Item
            name="to"
            style={{ flex: '0 1 420px', minWidth: 220, margin: 0 }}
            rules={[{ required: true, whitespace: true, message: t.chainTo }]}
          >
            <AutoComplete
              aria-label={t.chainTo}
              maxLength={500}
              showSearch={{ filterOption: (typed, option) => String(option?.value).includes(typed) }}
              options={others.map(({ name }) => ({ value: name, label: <Named name={name} /> }))}
            />
          </Form.Item>
          <Button htmlType="submit" loading={asking.isPending}>
            {t.chainGo}
          </Button>
        </div>
      </Form>
      <p className="qc-small qc-muted">{t.chainLead(first.name)}</p>
      {error ? <Failed error={error} /> : null}
      {data === undefined ? null : <Way steps={data} />}
    </section>
  );
}

/** The shortest way, a step a row of a file. */
function Way({ steps }: { readonly steps: LinkReport['chain'] }) {
  const t = useText().consumers;
  const format = useFormat();
  if (steps === null || steps.length === 0)
    return (
      <p className="qc-sentence" role="status">
        {steps === null ? t.chainNone : t.chainSame}
      </p>
    );
  return (
    <ol className="qc-chain" role="status">
      {steps.map(({ from, to, source, file, line, first_seen }, i) => (
        <li key={`${from} ${to}`}>
          <span className="qc-muted">{t.chainStep(i + 1)}</span> <Named name={from} /> → <Named name={to} />
          <div className="qc-small qc-muted" style={{ overflowWrap: 'anywhere' }}>
            {source} · {t.chainSeen(file, format.count(line))} · {format.moment(first_seen)}
          </div>
        </li>
      ))}
    </ol>
  );
}
