import { useMemo } from 'react';
import { useRules } from '../data/rules.ts';
import { useLocale, useText } from '../text/useText.ts';
import { stageColor } from '../theme/palette.ts';
import { usePalette } from '../theme/theme.ts';

/** Stages of the rule set in use, from the shallowest, with their names and fixed colours. */
export interface Stages {
  /** Without `none`. */
  readonly codes: readonly string[];
  /** Whether a text is a stage's code or `none`. */
  has(code: string): boolean;
  /** As `A 认知`; `none` is 无阶段. */
  name(code: string): string;
  /** Undefined for `none`, which has no fill. */
  color(code: string): string | undefined;
}

const standard = ['A', 'I', 'P', 'L'];

/** The stages of a rule set; without a key, of the adopted one. */
export function useStages(rules?: string): Stages {
  const { data } = useRules();
  const locale = useLocale();
  const { stages: words } = useText().ui;
  const palette = usePalette();
  return useMemo(() => {
    const set = data?.find((each) => (rules ? each.key === rules : each.adopted));
    const codes = set?.stages.map((stage) => stage.code) ?? standard;
    const title = (code: string) =>
      set?.stages.find((stage) => stage.code === code)?.title[locale] ?? words[code] ?? code;
    return {
      codes,
      has: (code) => code === 'none' || codes.includes(code),
      name: (code) => (code === 'none' || code === '' ? (words.none ?? code) : named(code, title(code))),
      color: (code) => stageColor(palette, codes.indexOf(code)),
    };
  }, [data, rules, locale, words, palette]);
}

/** A title that says its code already stays as it is. */
function named(code: string, title: string): string {
  return title.includes(code) && title !== code && /^[A-Z0-9]+\b/.test(title)
    ? title
    : title === code
      ? code
      : `${code} ${title}`;
}
