import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type Delivered, defineDestination, taken } from '../destination.ts';
import { requireTaken } from '../fault.ts';

/** `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body" under the secret, hex>`: who it is from, and when. */
function signature(secret: string, body: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/** Places of records that an answer says were refused: `{"refused": [{"index": 3, "reason": "..."}]}`. */
const answered = z.object({
  refused: z.array(z.object({ index: z.int().min(0), reason: z.string().max(200).default('refused') })),
});

function refusedIn(body: string): Delivered {
  try {
    const { refused } = answered.parse(JSON.parse(body));
    return { refused: new Map(refused.map(({ index, reason }) => [index, reason])) };
  } catch {
    return taken; // Note: a receiver owes no answer beside its status.
  }
}

/** Posts each batch as JSON to an address, signed, with a key by which the receiver knows a batch that it has had. */
export const webhook = defineDestination({
  id: 'webhook',
  title: { zh: 'Webhook 回调', en: 'Webhook' },
  about: {
    zh: '把增减记录以 JSON 发往一个地址，带签名和幂等键。',
    en: 'Posts what is added and removed to an address as JSON, signed, with an idempotency key.',
  },
  settings: z.strictObject({ url: z.url().max(2000), secret: z.string().min(16).max(200) }),
  fields: {
    url: { title: { zh: '地址', en: 'Address' } },
    secret: { title: { zh: '签名密钥（留空则生成）', en: 'Signing secret (made where empty)' }, secret: true },
  },
  identifiers: (['sha256', 'md5', 'plain'] as const).map((form) => ({ type: '*', form })),
  batch: 1000,
  make: (random) => ({ secret: `whs_${random(32)}` }),
  address: ({ url }) => url,
  deliver: async ({ key, operation, identifier, values, number, of }, { name }, { url, secret }, { fetch, now }) => {
    const body = JSON.stringify({ push: name, delivery: key, batch: number, of, operation, ...identifier, values });
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'qiancheng',
      'idempotency-key': key,
      'x-qiancheng-signature': signature(secret, body, now()),
    };
    const answer = await fetch({ method: 'POST', url, headers, body: Buffer.from(body) });
    requireTaken(answer);
    return refusedIn(answer.body);
  },
});
