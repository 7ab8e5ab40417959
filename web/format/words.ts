import type { Locale } from '../../src/base/text.ts';

/** The part of a description `English | 中文` in one language; a text without the bar stands for both. */
export function describedIn(locale: Locale, description: string): string {
  const at = description.indexOf(' | ');
  if (at < 0) return description;
  return locale === 'en' ? description.slice(0, at) : description.slice(at + 3);
}

/** A text as a label begins: in English with a capital. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Titles of the sections that every page of an analysis has. */
const sections: Readonly<Record<string, string>> = {
  Reads: '读取的数据',
  Definition: '口径',
  Limits: '局限',
  Parameters: '参数',
  Columns: '列',
  'Worked example': '算例',
  Origin: '出处',
};

/** One section of a page: its title, and its text in one language as Markdown. */
export interface PageSection {
  /** As in the page's source, by which a section is found. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/**
 * The page of an analysis in one language. Such a page says each thing in Chinese and then in English: paragraphs
 * turn about, and a line of a list has both with `/` between.
 */
export function pageIn(locale: Locale, page: string): PageSection[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n');
      const id = section.slice(0, end < 0 ? undefined : end).trim();
      const title = locale === 'en' ? id : (sections[id] ?? id);
      return { id, title, text: end < 0 ? '' : textIn(locale, section.slice(end)) };
    });
}

function textIn(locale: Locale, text: string): string {
  const blocks = text.split(/\n{2,}/).map((block) => block.trim());
  const spoken = blocks.filter((block) => block !== '' && !block.startsWith('- ') && !block.startsWith('```'));
  const inBoth = spoken.some(isChinese) && spoken.some((block) => !isChinese(block));
  return blocks
    .filter((block) => !inBoth || !spoken.includes(block) || isChinese(block) === (locale === 'zh'))
    .map((block) => (block.startsWith('- ') ? linesIn(locale, block) : block))
    .join('\n\n')
    .trim();
}

function linesIn(locale: Locale, list: string): string {
  return list
    .split('\n')
    .map((line) => {
      const halves = /^(\s*- .*?)：(.*?。)\s*\/ (.*)$/.exec(line);
      if (!halves) return line;
      return locale === 'zh' ? `${halves[1]}：${halves[2]}` : `${halves[1]}: ${halves[3]}`;
    })
    .join('\n');
}

/** Chinese is told from English by its marks: an English paragraph may quote a Chinese word. */
function isChinese(block: string): boolean {
  return /[。，；、：]/.test(block);
}
