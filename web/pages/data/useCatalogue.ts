import { useQuery } from '@tanstack/react-query';
import type { ContractEntity, PresetEntry, SavedMapping } from '../../../src/api/data.ts';
import { call } from '../../data/client.ts';

/** Kinds of data with the columns that a mapping may fill. */
export function useEntities() {
  return useQuery({
    queryKey: ['entities'],
    queryFn: ({ signal }) => call<ContractEntity[]>('/api/entities', { signal }),
    staleTime: Infinity,
  });
}

/** Files of platforms that are recognised. */
export function usePresets() {
  return useQuery({
    queryKey: ['presets'],
    queryFn: ({ signal }) => call<PresetEntry[]>('/api/presets', { signal }),
    staleTime: Infinity,
  });
}

/** Mappings that were saved under a name. */
export function useMappings() {
  return useQuery({
    queryKey: ['mappings'],
    queryFn: async ({ signal }) => (await call<{ items: SavedMapping[] }>('/api/mappings', { signal })).items,
  });
}
