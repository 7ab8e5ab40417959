import { Typography } from 'antd';
import { useAnswer, usePeople } from '../../data/answers.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../Failed.tsx';
import type { Opening } from '../opening.ts';
import { Sql } from '../Sql.tsx';
import { Waiting } from '../Waiting.tsx';

/** The SQL behind the answer; for a row, also that of its people. */
export function SqlTab({ opening }: { readonly opening: Opening }) {
  const t = useText().ui;
  const { data, error, refetch } = useAnswer(opening.analysis, opening.params);
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const { row } = opening;
  return (
    <>
      <Typography.Paragraph type="secondary">{t.drawer.sqlLead}</Typography.Paragraph>
      <Sql sql={data.sql} />
      {row ? <PeopleSql opening={{ ...opening, row }} /> : null}
    </>
  );
}

function PeopleSql({ opening }: { readonly opening: Opening & { readonly row: NonNullable<Opening['row']> } }) {
  const t = useText().ui;
  const { data } = usePeople(opening, { after: 0, limit: 100 });
  return data ? (
    <>
      <Typography.Title level={5}>{t.drawer.people}</Typography.Title>
      <Sql sql={data.sql} />
    </>
  ) : null;
}
