import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input } from 'antd';
import { useLocation } from 'wouter';
import type { Consumer } from '../../../src/api/consumers.ts';
import { ApiError } from '../../data/apiError.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { Page } from '../../ui/Page.tsx';
import './consumers.css';
import { Cuts } from './Cuts.tsx';

/** Finds a consumer by an identifier, which goes in the body of the request and is kept nowhere. */
export function ConsumersPage() {
  const t = useText();
  const [, go] = useLocation();
  const finding = useMutation({
    mutationFn: (identifier: string) =>
      call<Consumer>('/api/consumers/search', { method: 'POST', body: { identifier } }),
    onSuccess: (found) => {
      queries.setQueryData(['consumer', found.consumer], found);
      go(`/consumers/${found.consumer}`);
    },
    gcTime: 0,
  });
  const c = t.consumers;
  return (
    <Page title={t.shell.pages.consumers} lead={c.lead}>
      <Card size="small" className="qc-find">
        <Form<{ identifier: string }>
          onFinish={({ identifier }) => finding.mutate(identifier.trim())}
          autoComplete="off"
          role="search"
        >
          <div className="qc-find-row">
            <Form.Item
              name="identifier"
              style={{ flex: '1 1 260px', margin: 0 }}
              rules={[{ required: true, whitespace: true, message: c.placeholder }]}
            >
              <Input
                size="large"
                aria-label={c.search}
                placeholder={c.placeholder}
                maxLength={500}
                spellCheck={false}
                autoComplete="off"
                autoFocus
                data-search
              />
            </Form.Item>
            <Button type="primary" size="large" htmlType="submit" loading={finding.isPending}>
              {c.find}
            </Button>
          </div>
        </Form>
        <p className="qc-small qc-muted">{c.hint}</p>
        <p className="qc-small qc-muted">{c.privacy}</p>
        {finding.error ? <NotFound error={finding.error} /> : null}
      </Card>
      <Cuts />
    </Page>
  );
}

function NotFound({ error }: { readonly error: unknown }) {
  const t = useText();
  const c = t.consumers;
  const code = error instanceof ApiError ? error.code : '';
  const isShared = error instanceof ApiError && error.detail.startsWith('The identifier stands for more');
  const lead =
    code === 'consumer'
      ? isShared
        ? c.sharedLead
        : c.notFoundLead
      : code === 'consumer_ambiguous'
        ? c.ambiguous
        : undefined;
  const detail = code === 'consumer_ambiguous' && error instanceof ApiError ? error.detail : undefined;
  return (
    <Alert
      role="alert"
      type={lead ? 'warning' : 'error'}
      showIcon
      title={lead ? c.notFound : t.ui.failed}
      description={
        <>
          {lead ?? sayError(error, t.ui)}
          {detail ? <Owners detail={detail} /> : null}
        </>
      }
    />
  );
}

/** Consumers that share a value, as the fault names them: `user of #3, member of #8`. */
function Owners({ detail }: { readonly detail: string }) {
  const t = useText().data;
  const [, go] = useLocation();
  const found = [...detail.matchAll(/([a-z0-9_]+) of #(\d+)/g)];
  return (
    <div className="qc-find-row">
      {found.map(([all, type = '', number]) => (
        <Button key={all} size="small" onClick={() => go(`/consumers/${number}`)}>
          {t.identifiers[type] ?? type} #{number}
        </Button>
      ))}
    </div>
  );
}
