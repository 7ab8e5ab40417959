import { expect, test } from 'vitest';
import { defaultRules } from '../../model/rules/default.ts';
import { texts } from '../text/text.ts';
import { flowOf, flowPicture } from './flow.ts';
import type { Paint } from './paint.ts';
import { shownStages } from './stages.ts';
import { widthOf } from './width.ts';

const same = (text: string) => text;
const second = (_: number, text: string) => text;
const paint: Paint = {
  inColour: false,
  stage: second,
  gain: same,
  loss: same,
  heat: second,
  strong: same,
  faint: same,
};
const coloured: Paint = { ...paint, inColour: true, stage: (level, text) => (text ? `<${level}:${text.length}>` : '') };
const columns = { from: 'from_stage', to: 'to_stage', value: 'consumers' };
const days = { from: '2025-11-01', to: '2025-11-11' };
const stages = shownStages(defaultRules, texts.zh, 'zh');
const row = (from: string, to: string, consumers: number) => ({ from_stage: from, to_stage: to, consumers });
const rows = [
  row('A', 'A', 60),
  row('A', 'I', 30),
  row('A', 'none', 10),
  row('I', 'P', 5),
  row('I', 'A', 15),
  row('P', 'P', 8),
  row('none', 'A', 40),
];

test('a flow shows where each stage went, what the stages came to, and the five moves', () => {
  expect(flowPicture(flowOf(rows, columns, stages), days, texts.zh, paint)).toBe(
    `期初 2025-11-01  每条为该阶段的 100 % 去向
A 认知      100  AAAAAAAAAAAAAAAAAAIIIIIIIII···  A 60% I 30% · 10%
I 兴趣       20  AAAAAAAAAAAAAAAAAAAAAAAPPPPPPP  A 75% P 25%
P 购买        8  PPPPPPPPPPPPPPPPPPPPPPPPPPPPPP  P 100%
L 忠诚        0
期初无阶段   40  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA  A 100%

期末 2025-11-11
A 认知      115  ████████████████████████  ▲ +15
I 兴趣       30  ██████▎                   ▲ +10
P 购买       13  ██▊                       ▲ +5
L 忠诚        0                            =

加深 35 · 维持 68 · 变浅 15 · 流失 10 · 新增 40
`,
  );
});

test('the moves of a flow add up to everybody in it', () => {
  const flow = flowOf(rows, columns, stages);
  const all = stages.reduce((sum, stage) => sum + flow.before(stage), 0);
  expect(all).toBe(168);
  expect(stages.reduce((sum, stage) => sum + flow.after(stage), 0)).toBe(all);
});

test('in colour the bands are blocks of their stages, none the colour without depth', () => {
  const picture = flowPicture(flowOf(rows, columns, stages), days, texts.zh, coloured);
  expect(picture.split('\n')[1]).toContain('<1:18><2:9><0:3>');
});

test.each(['zh', 'en'] as const)('a flow of millions stays under 80 columns (%s)', (locale) => {
  const large = rows.map((each) => ({ ...each, consumers: each.consumers * 1_234_567 }));
  const all = shownStages(defaultRules, texts[locale], locale);
  const picture = flowPicture(flowOf(large, columns, all), days, texts[locale], paint);
  for (const line of picture.split('\n')) expect(widthOf(line)).toBeLessThan(80);
});
