/** Code that points a client at a server: one address and one key are what changes. */
export function snippets(url: string): readonly { readonly name: string; readonly code: string }[] {
  return [
    { name: 'Segment', code: `new Analytics({ writeKey: 'WRITE_KEY', host: '${url}' })` },
    { name: 'RudderStack', code: `new RudderAnalytics('WRITE_KEY', { dataPlaneUrl: '${url}' })` },
    { name: 'PostHog', code: `new PostHog('WRITE_KEY', { host: '${url}' })` },
    { name: 'Jitsu', code: `jitsuAnalytics({ host: '${url}', writeKey: 'WRITE_KEY' })` },
    {
      name: 'Snowplow',
      code: `newTracker({ namespace: 'shop', appId: 'WRITE_KEY' }, { endpoint: '${url}' })`,
    },
    { name: 'GA4', code: `POST ${url}/mp/collect?measurement_id=G-1&api_secret=WRITE_KEY` },
    {
      name: 'curl',
      code: `curl ${url}/collect/events -H 'authorization: Bearer WRITE_KEY' \\
  -H 'content-type: application/x-ndjson' --data-binary @events.jsonl`,
    },
  ];
}
