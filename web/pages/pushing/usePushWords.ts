import type { Push } from '../../../src/api/pushes.ts';
import { useDestinationKinds } from '../../data/pushes.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';

/** What belongs to a push, in words. */
export interface PushWords {
  /** `phone:sha256` as 手机号 · SHA-256. */
  identifier(key: string): string;
  kind(id: string): string;
  holdout(share: number): string;
  cap(cap: Push['cap']): string;
  /** When it runs, and when next. */
  trigger(push: Push): string;
}

const forms: Readonly<Record<string, string>> = { md5: 'MD5', sha256: 'SHA-256' };

export function usePushWords(): PushWords {
  const t = useText();
  const say = useSay();
  const format = useFormat();
  const { data: kinds = [] } = useDestinationKinds();
  const p = t.pushes;
  return {
    identifier: (key) => {
      const [type = '', form = ''] = key.split(':');
      return `${t.data.identifiers[type] ?? type} · ${forms[form] ?? p.plain}`;
    },
    kind: (id) => {
      const known = kinds.find((each) => each.id === id);
      return known ? say(known.title) : id;
    },
    holdout: (share) => (share > 0 ? p.holdoutOf(format.exact(share, 'rate')) : p.noHoldout),
    cap: (cap) => (cap ? p.capOf(cap.pushes, cap.days) : p.noCap),
    trigger: ({ trigger, cron, enabled, next_at: next }) =>
      [
        p.triggers[trigger] ?? trigger,
        ...(cron ? [cron] : []),
        ...(next && enabled ? [p.next(format.moment(next))] : []),
      ].join(' · '),
  };
}
