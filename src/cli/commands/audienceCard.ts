import type { Audience, AudienceShown } from '../../api/audiences.ts';
import { show } from '../answer.ts';
import type { Row } from '../product.ts';
import { count } from '../render/numbers.ts';
import type { Session } from '../session.ts';

/** Columns of audiences in lists. */
export const columns = ['name', 'kind', 'consumers', 'on', 'rules', 'made_by', 'made_at'] as const;

/** An audience as a row of a list. */
export const rowOf = ({ name, kind, consumers, on, rules, created_by, created_at }: Audience): Row => ({
  ...{ name, kind, consumers, on, rules },
  made_by: created_by,
  made_at: created_at,
});

function cardOf(audience: AudienceShown, session: Session): string {
  const { text, paint, locale } = session;
  const { name, consumers, on, kind, sentence, rule } = audience;
  return [
    paint.strong(name),
    text.audience.members(count(consumers ?? 0), on ?? '', text.audience.kinds[kind]),
    sentence[locale],
    '',
    JSON.stringify(rule, null, 2),
    '',
  ].join('\n');
}

/** One audience, its rule as a sentence and as data. */
export async function showAudience(audience: AudienceShown, session: Session): Promise<void> {
  await show(session, {
    json: audience,
    csv: { columns, rows: [rowOf(audience)] },
    table: () => cardOf(audience, session),
  });
}
