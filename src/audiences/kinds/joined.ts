import { z } from 'zod';
import type { Text } from '../../base/text.ts';
import type { Part } from '../rule.ts';

/** Rules beside each other. */
export const rules = z.array(z.unknown()).max(200);

export function rulesIn(body: readonly unknown[]): Part[] {
  return body.map((rule, i) => ({ place: [i], rule }));
}

/** Several sentences as one; a group of two or more stands in brackets. */
export function joinedText(parts: readonly Text[], word: Text, none: Text): Text {
  const [only, ...more] = parts;
  if (!only) return none;
  if (more.length === 0) return only;
  return {
    zh: `（${parts.map(({ zh }) => zh).join(` ${word.zh} `)}）`,
    en: `(${parts.map(({ en }) => en).join(` ${word.en} `)})`,
  };
}
