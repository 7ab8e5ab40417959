import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Divider, Form, Input } from 'antd';
import { useEffect } from 'react';
import { logIn, useSignInWays } from '../../data/session.ts';
import { rememberPlace } from '../../shell/place.ts';
import { choose } from '../../shell/prefs.ts';
import { useLocale, useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { Gate } from './Gate.tsx';

/** The page of log-in; it stands in the place of the page that was asked for, which follows. */
export function LogInPage({ expired }: { readonly expired: boolean }) {
  const t = useText();
  const { data: ways } = useSignInWays();
  const other = useLocale() === 'zh' ? 'en' : 'zh';
  const entering = useMutation({
    mutationFn: (given: { name: string; password: string }) => logIn(given.name, given.password),
  });
  const { title } = t.session;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <Gate title={title} lead={t.session.lead}>
      {expired && !entering.error ? (
        <Alert type="info" showIcon title={t.session.expired} style={{ marginBlockEnd: 16 }} />
      ) : null}
      {entering.error ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={sayError(entering.error, t.ui)}
          style={{ marginBlockEnd: 16 }}
        />
      ) : null}
      <Form<{ name: string; password: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={(given) => entering.mutate(given)}
      >
        <Form.Item name="name" label={t.session.name} rules={[{ required: true, message: t.session.needName }]}>
          <Input autoComplete="username" autoFocus maxLength={64} size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t.session.password}
          rules={[{ required: true, message: t.session.needPassword }]}
        >
          <Input.Password autoComplete="current-password" maxLength={256} size="large" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={entering.isPending}>
          {t.session.logIn}
        </Button>
      </Form>
      {ways?.oidc ? (
        <>
          <Divider plain>{t.session.or}</Divider>
          <Button block size="large" href="/api/session/oidc" onClick={rememberPlace}>
            {t.session.oidc(ways.oidc.title)}
          </Button>
        </>
      ) : null}
      <div style={{ textAlign: 'center', marginBlockStart: 16 }}>
        <Button
          type="link"
          size="small"
          lang={other === 'zh' ? 'zh-CN' : 'en'}
          onClick={() => choose({ locale: other })}
        >
          {other === 'zh' ? '中文' : 'English'}
        </Button>
      </div>
    </Gate>
  );
}
