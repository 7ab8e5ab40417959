import { Button, Card } from 'antd';
import type { AudienceTemplate } from '../../../../src/api/audiences.ts';
import { useAudienceTemplates } from '../../../data/audiences.ts';
import { useLocale, useSay, useText } from '../../../text/useText.ts';
import { Failed } from '../../../ui/Failed.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { grouped } from '../grouped.ts';

interface TemplatesProps {
  readonly onPick: (template: AudienceTemplate) => void;
}

/** Rules to begin with, by scene of the lifecycle. */
export function Templates({ onPick }: TemplatesProps) {
  const t = useText().audiences.templates;
  const say = useSay();
  const locale = useLocale();
  const { data, error, refetch } = useAudienceTemplates();
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const scenes = grouped(data, ({ scene }) => scene[locale]);
  return (
    <>
      <p className="qc-muted">{t.pick}</p>
      {scenes.map(([scene, templates]) => (
        <section key={scene}>
          <h3 className="qc-rule-scene">{scene}</h3>
          <div className="qc-rule-templates">
            {templates.map((template) => (
              <Card
                key={template.id}
                size="small"
                title={say(template.title)}
                extra={
                  <Button size="small" aria-label={`${t.use} ${say(template.title)}`} onClick={() => onPick(template)}>
                    {t.use}
                  </Button>
                }
              >
                <span className="qc-small qc-muted">{say(template.sentence)}</span>
              </Card>
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
