import type { AudienceTemplate } from '../../api/audiences.ts';
import { readRule } from '../../audiences/read.ts';
import { sentenceOf } from '../../audiences/rule.ts';
import { templates } from '../../audiences/templates.ts';

/** Rules to begin with, each as a sentence too. */
export function audienceTemplates(): AudienceTemplate[] {
  return templates.map((each) => ({ ...each, sentence: sentenceOf(readRule(each.rule)) }));
}
