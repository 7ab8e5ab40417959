import { Card, Tabs } from 'antd';
import { useText } from '../../text/useText.ts';
import { snippets } from './snippets.ts';

/** How each kind of client is pointed at this server. */
export function ConnectCard() {
  const t = useText().live;
  return (
    <Card title={t.connect} size="small">
      <p className="qc-muted qc-small">{t.connectLead}</p>
      <Tabs
        size="small"
        items={snippets(window.location.origin).map(({ name, code }) => ({
          key: name,
          label: name,
          children: <pre className="qc-code">{code}</pre>,
        }))}
      />
    </Card>
  );
}
