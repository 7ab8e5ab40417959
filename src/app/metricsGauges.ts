import { Counter, Gauge, type Registry } from 'prom-client';
import { jobKinds } from '../api/jobs.ts';
import type { Readings } from './metricsReadings.ts';
import { productVersion } from './version.ts';

/** Makes the figures that are read when asked for; gives what shows a reading in them. */
export function openGauges(registry: Registry): (readings: Readings) => void {
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `qiancheng_${name}`, help, labelNames, registers });
  const total = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `qiancheng_${name}`, help, labelNames, registers });

  gauge('build_info', 'Version of the program', ['version']).set({ version: productVersion }, 1);
  const running = gauge('questions_running', 'Questions the engine works on');
  const waiting = gauge('questions_waiting', 'Questions that wait for their turn');
  const jobs = gauge('jobs', 'Jobs by kind and state', ['kind', 'state']);
  const events = total('collector_events_total', 'Events taken in, by what came of them', ['source', 'result']);
  const refused = total('collector_refused_total', 'Requests the collector did not take since the start', ['reason']);
  const logBytes = gauge('collector_log_bytes', 'Bytes of events answered and not yet among the facts');
  const segments = gauge('collector_log_segments', 'Segments of log not yet among the facts');
  const lag = gauge('collector_lag_seconds', 'Age of the oldest event not yet among the facts; 0 where none waits');
  const parts = gauge('warehouse_parts', 'Active parts of tables');
  const rows = gauge('warehouse_rows', 'Rows of all tables');
  const bytes = gauge('warehouse_bytes', 'Bytes of all tables on disk, compressed');
  const up = gauge('up', 'Whether a store answers', ['store']);
  const free = gauge('disk_free_bytes', "Free bytes of the home's disk");
  const size = gauge('disk_bytes', "Size of the home's disk");

  const each = (figure: Gauge | Counter, of: readonly (readonly [labels: Record<string, string>, value: number])[]) => {
    figure.reset();
    for (const [labels, value] of of) figure.inc(labels, value);
  };

  return (readings) => {
    running.set(readings.questions.running);
    waiting.set(readings.questions.waiting);
    each(jobs, [
      ...unbegun.map((labels) => [labels, 0] as const),
      ...readings.jobs.map(({ kind, state, jobs: count }) => [{ kind, state }, count] as const),
    ]);
    each(
      events,
      readings.sources.flatMap((source) =>
        results.map((result) => [{ source: source.name, result }, source[result]] as const),
      ),
    );
    each(
      refused,
      Object.entries(readings.refused).map(([reason, count]) => [{ reason }, count] as const),
    );
    logBytes.set(readings.log.bytes);
    segments.set(readings.log.segments);
    lag.set(readings.log.lagSeconds);
    each(
      up,
      Object.entries(readings.up).map(([store, answers]) => [{ store }, answers ? 1 : 0] as const),
    );
    known(parts, readings.stored?.parts);
    known(rows, readings.stored?.rows);
    known(bytes, readings.stored?.bytes);
    known(free, readings.disk?.free);
    known(size, readings.disk?.total);
  };
}

const results = ['accepted', 'duplicate', 'rejected'] as const;

/** Every kind is shown, also while none of it waits or runs. */
const unbegun = jobKinds.flatMap((kind) => ['queued', 'running'].map((state) => ({ kind, state })));

/** Note: a figure without labels is 0 where nothing is known, so one that cannot be read is not a number. */
function known(figure: Gauge, value: number | undefined): void {
  figure.set(value ?? Number.NaN);
}
