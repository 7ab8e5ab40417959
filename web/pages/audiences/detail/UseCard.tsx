import { Card } from 'antd';
import { Link } from 'wouter';
import type { ShelfEntry } from '../../../../src/api/analyses.ts';
import type { Audience } from '../../../../src/api/audiences.ts';
import { useShelf } from '../../../data/answers.ts';
import { useSay, useText } from '../../../text/useText.ts';
import { queryOf } from '../../../ui/files.ts';

/** Every analysis that looks at one audience only, asked for this one. */
export function UseCard({ audience: { name } }: { readonly audience: Audience }) {
  const s = useText().audiences.shown;
  const say = useSay();
  const { data = [] } = useShelf();
  return (
    <Card size="small" title={s.use}>
      <p className="qc-muted">{s.useLead}</p>
      <div className="qc-audience-facts">
        {data.filter(takesAudience).map(({ id, title }) => (
          <Link key={id} href={`/analyses/${id}?${queryOf({ params: { audience: name } })}`}>
            {say(title)}
          </Link>
        ))}
      </div>
    </Card>
  );
}

function takesAudience({ params }: ShelfEntry): boolean {
  return Object.hasOwn((params.properties ?? {}) as object, 'audience'); // as: JSON Schema of an object
}
