import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Recognised } from '../../../src/api/data.ts';
import { call } from '../../data/client.ts';
import { lackOf, sendable } from './mapping/mapping.ts';
import type { Plan, Sending } from './sending/uploadBook.ts';
import { useEntities } from './useCatalogue.ts';

/** A change is looked at once nothing else has changed for so long. */
const MS_CALM = 400;
const ROWS = 20;

/** The plan as requests carry it. */
export function readingOf({ preset, mapping }: Plan): { preset?: string; mapping?: NonNullable<Plan['mapping']> } {
  if (mapping) return { mapping: sendable(mapping) };
  return preset === undefined ? {} : { preset };
}

/** A value once it has stopped changing. */
function useCalm<T>(value: T): T {
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setCalm(value), MS_CALM);
    return () => window.clearTimeout(timer);
  }, [value]);
  return calm;
}

/** The question what a file that has been sent is taken for, read in a way (as JSON). */
export function recognisedQuery({ upload, phase }: Pick<Sending, 'upload' | 'phase'>, reading: string) {
  return queryOptions({
    queryKey: ['recognised', upload, reading],
    queryFn: ({ signal }) =>
      call<Recognised>(`/api/uploads/${upload}/recognise`, {
        method: 'POST',
        body: { ...(JSON.parse(reading) as object), rows: ROWS },
        signal,
      }),
    enabled: phase === 'sent' && upload !== undefined,
    staleTime: Infinity,
  });
}

/** Tells whether a plan says all that an import needs; a mapping that lacks a required column does not yet. */
export function useIsWhole(): (plan: Plan) => boolean {
  const { data: entities } = useEntities();
  return ({ mapping }) => {
    const entity = mapping && entities?.find(({ name }) => name === mapping.entity);
    if (!mapping || !entity) return true;
    const lack = lackOf(mapping, entity);
    return !lack.who && lack.columns.length === 0;
  };
}

/** What a file that has been sent is taken for, and what its first rows become; its raw rows while the plan is not whole. */
export function useRecognised(file: Pick<Sending, 'upload' | 'phase' | 'plan'>) {
  const isWhole = useIsWhole()(file.plan);
  const reading = useCalm(JSON.stringify(isWhole ? readingOf(file.plan) : {}));
  return useQuery({
    ...recognisedQuery(file, reading),
    placeholderData: (before, query) => (query?.queryKey[1] === file.upload ? keepPreviousData(before) : undefined),
    select: (found) => (isWhole ? found : { ...found, entity: null, preset: null, mapping: null }),
  });
}
