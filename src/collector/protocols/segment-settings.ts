import type { Answered, Asked } from '../protocol.ts';
import { jsonReply } from './message-take.ts';

/** What analytics.js asks before it starts: which destinations there are. There is one: this collector. */
export function settings(asked: Asked): Answered {
  const key = asked.params.key ?? '';
  const protocol = asked.header('x-forwarded-proto') === 'https' ? 'https' : 'http';
  const reply = jsonReply({
    integrations: {
      'Segment.io': {
        apiKey: key,
        apiHost: `${hostOf(asked)}/v1`,
        protocol,
        deliveryStrategy: { strategy: 'standard' },
        unbundledIntegrations: [],
        addBundledMetadata: true,
      },
    },
    plan: {
      track: { __default: { enabled: true, integrations: {} } },
      identify: { __default: { enabled: true } },
      group: { __default: { enabled: true } },
    },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  });
  return { kind: 'answered', key, reply };
}

/** The host the client asked, so that it goes on asking that. */
function hostOf(asked: Asked): string {
  const host = asked.header('host') ?? '';
  return /^[A-Za-z0-9._-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:]+\](:\d{1,5})?$/.test(host) ? host : 'localhost';
}
