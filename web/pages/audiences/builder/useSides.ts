import { useMemo } from 'react';
import { useAudiences, useAudienceVersions } from '../../../data/audiences.ts';
import { useText } from '../../../text/useText.ts';
import type { Side } from './Comparison.tsx';

/** What a rule can be compared with: the versions of an audience, the latest first, and every saved audience. */
export function useSides(id: number | undefined): readonly Side[] {
  const t = useText().audiences;
  const { data: versions } = useAudienceVersions(id ?? 0);
  const { data: all } = useAudiences();
  return useMemo(
    () => [
      ...(versions ?? []).map(
        ({ version, rule }): Side => ({
          key: `v${version}`,
          label: t.version(version),
          group: t.compare.versions,
          is: rule,
        }),
      ),
      ...(all ?? []).map(
        (each): Side => ({ key: `a${each.id}`, label: each.name, group: t.compare.audiences, is: each.name }),
      ),
    ],
    [versions, all, t],
  );
}
