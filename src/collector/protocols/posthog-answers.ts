import type { Answered, Asked, Refusal, Reply } from '../protocol.ts';
import { jsonReply } from './message-take.ts';

/** Clients ask for flags before they send: there are none here. */
export function flags(): Answered {
  return answered({
    flags: {},
    featureFlags: {},
    featureFlagPayloads: {},
    errorsWhileComputingFlags: false,
    quotaLimited: [],
    ...config,
  });
}

/** What posthog-js asks before it starts; of all it could do here, it captures. */
export function remoteConfig(asked: Asked): Answered {
  return answered({ token: asked.params.key, ...config });
}

/** The same as a script, which posthog-js asks for first. */
export function remoteScript(asked: Asked): Answered {
  const key = JSON.stringify(asked.params.key ?? '');
  const value = JSON.stringify({ config: { token: asked.params.key, ...config }, siteApps: [] });
  const body = `(function(w){(w._POSTHOG_REMOTE_CONFIG=w._POSTHOG_REMOTE_CONFIG||{})[${key}]=${value}})(window);`;
  return { kind: 'answered', reply: { status: 200, headers: { 'content-type': 'text/javascript' }, body } };
}

/** Recordings of sessions are not taken: the client is told so, and stops sending them for a minute each time. */
export function noRecordings(): Answered {
  return answered({ status: 1, quota_limited: ['recordings'] });
}

/** Note: `surveys` is left out, for the client loads its script for them even where it is told that there are none. */
const config = {
  config: { enable_collect_everything: true },
  supportedCompression: ['gzip', 'gzip-js', 'base64'],
  hasFeatureFlags: false,
  sessionRecording: false,
  heatmaps: false,
  capturePerformance: false,
  autocaptureExceptions: false,
  analytics: { endpoint: '/i/v0/e/' },
  elementsChainAsString: true,
  defaultIdentifiedOnly: true,
  isAuthenticated: false,
  siteApps: [],
  toolbarParams: {},
};

function answered(value: unknown): Answered {
  return { kind: 'answered', reply: jsonReply(value) };
}

/** posthog-js sends again after 5xx alone: what may be sent later is never answered with a 4xx. */
export function refusal(refusal: Refusal, message: string): Reply {
  return { ...jsonReply({ type: 'refused', code: refusal, detail: message }), status: statuses[refusal] };
}

const statuses: Readonly<Record<Refusal, number>> = {
  key: 401,
  disabled: 404,
  json: 400,
  shape: 400,
  too_large: 413,
  too_many: 413,
  too_fast: 503,
  full: 503,
  slow: 503,
};
