import { useState } from 'react';
import { useParams } from 'wouter';
import { useAudience } from '../../data/audiences.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import { Builder } from './builder/Builder.tsx';
import { ruleIn } from './builder/link.ts';

/** A new audience, from an empty rule or from the one in the address. */
export function NewAudiencePage() {
  const [rule] = useState(() => ruleIn(window.location.hash) ?? { all: [] });
  return <Builder rule={rule} />;
}

/** The rule of a saved audience, or what the address makes of it; `copy` makes another audience of it. */
export function EditAudiencePage() {
  const { id = '' } = useParams<{ id: string }>();
  const [{ copy }] = useUrlState({ copy: false });
  const { data, error, refetch } = useAudience(Number(id));
  const [draft] = useState(() => ruleIn(window.location.hash));
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const of = copy ? undefined : { id: data.id, name: data.name };
  return <Builder key={data.id} rule={draft ?? data.rule} fixedOn={data.fixed_on} {...(of ? { of } : {})} />;
}
