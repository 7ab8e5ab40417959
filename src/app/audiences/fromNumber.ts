import type { Analysis } from '../../analyses/analysis.ts';
import { analyses } from '../../analyses/index.ts';
import { spaced } from '../../base/spaced.ts';
import type { Text } from '../../base/text.ts';

/** A number of an analysis, by the row it stood in. */
export interface FromNumber {
  readonly analysis: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Whose number an audience was saved from, in the words of the analysis; by its codes where there is no such analysis any more. */
export function fromNumberSentence({ analysis: id, params, row }: FromNumber): Text {
  const analysis = analyses.find((each) => each.id === id);
  if (!analysis) return { zh: spaced`分析${id}中一个数字背后的消费者`, en: `the people behind a number of ${id}` };
  const { title } = analysis;
  const [asked, which] = [paramsOf(analysis, params), cellsOf(analysis, row)];
  return {
    zh: spaced`「${title.zh}」（${asked.zh}）中${which.zh}的消费者`,
    en: `the people of ${title.en} (${asked.en}) with ${which.en}`,
  };
}

function cellsOf({ columns, words }: Analysis, row: FromNumber['row']): Text {
  const cells = Object.entries(row).map(([column, value]): Text => {
    const title = (columns as Readonly<Record<string, Text>>)[column] ?? { zh: column, en: column };
    const known = words?.[column];
    const called = typeof known === 'object' ? known[String(value)] : undefined;
    const word = called ?? { zh: String(value), en: String(value) };
    return { zh: spaced`${title.zh}为${word.zh}`, en: `${title.en} ${word.en}` };
  });
  return { zh: cells.map(({ zh }) => zh).join('、'), en: cells.map(({ en }) => en).join(' and ') };
}

/** Note: a parameter describes itself as `English | 中文`. */
function paramsOf({ params: { shape } }: Analysis, params: FromNumber['params']): Text {
  const told = Object.entries(params).map(([name, value]): Text => {
    const [en = name, zh = en] = (shape[name]?.description ?? name).split(' | ');
    const word = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return { zh: spaced`${zh}${word}`, en: `${en} ${word}` };
  });
  return { zh: told.map(({ zh }) => zh).join('，'), en: told.map(({ en }) => en).join(', ') };
}
