import { QianchengError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';

/** What was found of one thing. */
export interface Finding {
  readonly ok: boolean;
  readonly text: Text;
}

/** A check that cannot be made finds that: what else there is, is looked at all the same. */
export async function found(look: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof QianchengError)
      return { ok: false, text: error.text ?? { zh: error.message, en: error.message } };
    return { ok: false, text: { zh: '无法检查，服务器日志里有原因', en: 'could not be looked at; the log says why' } };
  }
}
