import { useShelfPage } from '../../data/answers.ts';
import { useSay } from '../../text/useText.ts';
import { Definition } from '../Definition.tsx';
import { Failed } from '../Failed.tsx';
import { Waiting } from '../Waiting.tsx';

/** The question, and the page that defines it. */
export function DefinitionTab({ id }: { readonly id: string }) {
  const say = useSay();
  const { data, error, refetch } = useShelfPage(id);
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return (
    <>
      <p className="qc-sentence">
        <strong>{say(data.question)}</strong>
      </p>
      <Definition doc={data.doc} />
    </>
  );
}
