import type { Answered, Asked } from '../protocol.ts';
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

const config = {
  config: { enable_collect_everything: true },
  supportedCompression: ['gzip', 'gzip-js', 'base64'],
  hasFeatureFlags: false,
  sessionRecording: false,
  heatmaps: false,
  surveys: false,
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
