import ant from 'antd/es/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import type { Words } from './words.ts';
import { zh } from './zh.ts';

export const words: Words = { locale: 'zh', texts: zh, ant };
