import type { ConfigProviderProps } from 'antd';
import type { Locale } from '../../src/base/text.ts';
import type { Texts } from './zh.ts';

/** A language as the console speaks it: its own texts and those of Ant Design. */
export interface Words {
  readonly locale: Locale;
  readonly texts: Texts;
  readonly ant: NonNullable<ConfigProviderProps['locale']>;
}
