import type { Metrics } from '../app/metrics.ts';
import type { Answering } from '../app/readiness.ts';

/** What a server may lack to take requests. */
export type Missing = 'stopping' | 'warehouse' | 'registry';

/** How a server stands, for whoever runs it. */
export interface Operations {
  /** What it lacks to take requests now; empty where it is ready. */
  missing(): Promise<readonly Missing[]>;
  /** Its figures in the text that Prometheus reads. */
  metrics(): Promise<string>;
}

/** `stopping` is aborted when the server begins to stop. */
export function openOperations(
  metrics: Pick<Metrics, 'text'>,
  answering: () => Promise<Answering>,
  stopping: AbortSignal,
): Operations {
  return {
    missing: async () => {
      const { warehouse, registry } = await answering();
      return [
        ...(stopping.aborted ? (['stopping'] as const) : []),
        ...(warehouse ? [] : (['warehouse'] as const)),
        ...(registry ? [] : (['registry'] as const)),
      ];
    },
    metrics: () => metrics.text(),
  };
}
