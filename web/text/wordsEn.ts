import ant from 'antd/es/locale/en_US';
import { en } from './en.ts';
import type { Words } from './words.ts';

export const words: Words = { locale: 'en', texts: en, ant };
