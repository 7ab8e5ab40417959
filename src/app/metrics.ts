import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Job } from '../api/jobs.ts';
import type { HeardQuestion } from './answers/heard.ts';
import { openGauges } from './metricsGauges.ts';
import type { Readings } from './metricsReadings.ts';

/** A request that was answered, by its route and not by its address, which may hold an identifier. */
export interface SeenRequest {
  readonly method: string;
  /** Its template, as `/api/jobs/{id}`. */
  readonly route: string;
  readonly status: number;
  /** Until the answer began. */
  readonly seconds: number;
}

/** The figures of one served home, in the text that Prometheus reads. */
export interface Metrics {
  question(heard: HeardQuestion): void;
  request(seen: SeenRequest): void;
  jobEnded(job: Job): void;
  /** The collector answered a request; `seconds` is since the request began. */
  acknowledged(seconds: number): void;
  engineRestarted(): void;
  text(): Promise<string>;
}

const questionBuckets = [0.005, 0.02, 0.1, 0.5, 2, 10, 60];
const requestBuckets = [0.005, 0.05, 0.5, 5];
const jobBuckets = [1, 10, 60, 600, 3600];
const ackBuckets = [0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 2];

/** Figures that are counted as things happen, and `readings`, taken when somebody asks. */
export function openMetrics(readings: () => Promise<Readings>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `qiancheng_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[], labelNames: string[] = []) =>
    new Histogram({ name: `qiancheng_${name}`, help, buckets, labelNames, registers });

  const questions = counter('questions_total', 'Questions answered or not', ['analysis', 'outcome', 'cached']);
  const questionTime = histogram('question_seconds', 'From question to answer', questionBuckets, ['analysis']);
  const jobs = counter('jobs_ended_total', 'Jobs that ended', ['kind', 'state']);
  const jobTime = histogram('job_seconds', 'From first start to end of a job', jobBuckets, ['kind']);
  const acks = histogram('collector_ack_seconds', 'From request to answer of the collector', ackBuckets);
  const restarts = counter('engine_restarts_total', 'Times the embedded engine was started anew');
  const requests = counter('http_requests_total', 'Requests answered', ['method', 'route', 'status']);
  const requestTime = histogram('http_request_seconds', 'From request to answer', requestBuckets, ['route']);
  const show = openGauges(registry);

  return {
    question: ({ analysis, outcome, cached, seconds }) => {
      questions.inc({ analysis, outcome, cached });
      questionTime.observe({ analysis }, seconds);
    },
    request: ({ method, route, status, seconds }) => {
      requests.inc({ method, route, status: `${Math.floor(status / 100)}xx` });
      requestTime.observe({ route }, seconds);
    },
    jobEnded: ({ kind, status, startedAt, finishedAt }) => {
      jobs.inc({ kind, state: status });
      if (startedAt === null || finishedAt === null) return;
      jobTime.observe({ kind }, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
    },
    acknowledged: (seconds) => acks.observe(seconds),
    engineRestarted: () => restarts.inc(),
    text: async () => {
      show(await readings());
      return `${await registry.metrics()}\n${await ofProcess().metrics()}`;
    },
  };
}

/** Milliseconds between looks at the delay of the event loop. */
const LOOK_MS = 100;
let processRegistry: Registry | undefined;

/** Figures of the process. Note: they look at it from the first time that somebody asks, and then until it ends. */
function ofProcess(): Registry {
  if (processRegistry) return processRegistry;
  processRegistry = new Registry();
  collectDefaultMetrics({ register: processRegistry, eventLoopMonitoringPrecision: LOOK_MS });
  return processRegistry;
}
