import { useMutation } from '@tanstack/react-query';
import { App, Button, Card, Space } from 'antd';
import type { Push } from '../../../src/api/pushes.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { exportFrom } from '../../ui/files.ts';

const whats = ['changes', 'all'] as const;
const formats = ['csv', 'xlsx'] as const;

/** The files of a push that somebody uploads by hand. */
export function FileCard({ push: { id, last } }: { readonly push: Push }) {
  const t = useText();
  const f = t.pushes.file;
  const { message } = App.useApp();
  const keeping = useMutation({
    mutationFn: (query: string) => exportFrom(`/api/pushes/${id}/file?${query}`, `push-${id}.csv`),
    onSuccess: (name) => void message.success(t.ui.exported(name)),
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
  return (
    <Card size="small" title={f.title}>
      <p className="qc-muted">{last ? f.lead : f.none}</p>
      <Space wrap>
        {whats.flatMap((what) =>
          formats.map((format) => (
            <Button
              key={`${what} ${format}`}
              disabled={!last || keeping.isPending}
              onClick={() => keeping.mutate(`what=${what}&format=${format}`)}
            >
              {f.of(f[what], f[format])}
            </Button>
          )),
        )}
      </Space>
    </Card>
  );
}
