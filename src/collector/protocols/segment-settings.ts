import type { Answered, Asked } from '../protocol.ts';
import { jsonReply } from './message-take.ts';

/** What analytics.js asks before it starts: which destinations there are. There is one: this collector. */
export function settings(asked: Asked): Answered {
  const key = asked.params.key ?? '';
  const host = hostOf(asked);
  const reply = jsonReply({
    integrations: {
      'Segment.io': {
        apiKey: key,
        apiHost: `${host}/v1`,
        protocol: protocolOf(asked, host),
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
  const host = firstOf(asked.header('x-forwarded-host')) || (asked.header('host') ?? '');
  return /^[A-Za-z0-9._-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:]+\](:\d{1,5})?$/.test(host) ? host : 'localhost';
}

/** As a proxy tells it; else a page of HTTPS could not have asked over HTTP, but on its own machine. */
function protocolOf(asked: Asked, host: string): string {
  const forwarded = firstOf(asked.header('x-forwarded-proto'));
  if (forwarded !== '') return forwarded === 'https' ? 'https' : 'http';
  const isNear = /^(localhost|127\.[0-9.]+|\[::1\])(:|$)/.test(host);
  return !isNear && /^https:/i.test(asked.header('origin') ?? '') ? 'https' : 'http';
}

/** The first of a header's values: each proxy on the way adds its own behind. */
const firstOf = (value = ''): string => value.split(',')[0]?.trim() ?? '';
