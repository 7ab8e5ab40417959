import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useText } from '../text/useText.ts';

/** SQL laid out for reading; what the formatter cannot read stays as it is. */
async function laidOut(sql: string): Promise<string> {
  const { format } = await import('./formatSql.ts');
  try {
    return format(sql);
  } catch {
    return sql;
  }
}

export function Sql({ sql }: { readonly sql: string }) {
  const t = useText().ui;
  const { message } = App.useApp();
  const [shown, setShown] = useState(sql);
  useEffect(() => {
    let current = true;
    void laidOut(sql).then((text) => current && setShown(text));
    return () => {
      current = false;
    };
  }, [sql]);
  const copy = () => navigator.clipboard.writeText(shown).then(() => message.success(t.copied));
  return (
    <div style={{ position: 'relative' }}>
      <Button
        size="small"
        onClick={() => void copy()}
        style={{ position: 'absolute', insetInlineEnd: 8, insetBlockStart: 8 }}
      >
        {t.copy}
      </Button>
      <pre className="qc-code">{shown}</pre>
    </div>
  );
}
