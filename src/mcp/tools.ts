import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { Analysis } from '../analyses/analysis.ts';
import { answer } from '../api/analyses.ts';
import { paramsSchema } from '../app/answers/typed.ts';
import { docOf } from '../app/asking.ts';
import { InputError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';
import type { Asked } from './asked.ts';
import { answerText } from './text.ts';

type Json = Record<string, unknown>;

/** What a tool says: data for programs, and the same in short for a reader. */
export interface Said {
  readonly data: Json;
  readonly text: string;
}

/** One tool: what it is called and takes, and what it does. */
export interface OwnTool {
  readonly tool: Tool;
  use(given: Json): Promise<Said>;
}

const readOnly = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const params = z.record(z.string(), z.unknown());
const both = ({ en, zh }: Text) => `${en} | ${zh}`;

function shape(schema: z.ZodType, io: 'input' | 'output'): Tool['inputSchema'] {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return { ...rest, type: 'object' } as Tool['inputSchema'];
}

/** Every tool over a home: one an analysis of the shelf, and three to find one's way. */
export function toolsOf(asked: Asked): OwnTool[] {
  return [
    listTool(asked),
    explainTool(asked),
    peopleTool(asked),
    ...asked.analyses.map((each) => analysisTool(asked, each)),
  ];
}

/** A tool's name may hold no dash with some clients. */
export function toolName(id: string): string {
  return id.replaceAll('-', '_');
}

function toolOf<S extends z.ZodType>(
  says: { readonly name: string; readonly title: string; readonly description: string },
  input: S,
  use: (given: z.output<S>) => Promise<Said>,
  output?: z.ZodType,
): OwnTool {
  return {
    tool: {
      ...says,
      inputSchema: shape(input, 'input'),
      ...(output ? { outputSchema: shape(output, 'output') } : {}),
      annotations: { title: says.title, ...readOnly },
    },
    use: async (given) => use(read(input, given)),
  };
}

function read<S extends z.ZodType>(schema: S, given: Json): z.output<S> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`);
  throw new InputError('params', faults.join('; '));
}

function listTool({ analyses, extent }: Asked): OwnTool {
  const says = {
    name: 'list_analyses',
    title: 'List analyses | 分析目录',
    description:
      'Every analysis with its question, the days the data cover, and the rules in force. Start here. | 全部分析与数据范围',
  };
  return toolOf(says, z.strictObject({}), async () => {
    const entries = analyses.map(({ id, title, question, origin }) => ({
      id,
      tool: toolName(id),
      title,
      question,
      origin,
    }));
    const data = await extent();
    const lines = entries.map(({ tool, title, question }) => `${tool}: ${both(title)}. ${question.en}`);
    const { firstDay, lastDay, as_of, rules, consumers } = data;
    const reach = `${consumers} consumers, days ${firstDay ?? 'none'} to ${lastDay ?? 'none'}, as of ${as_of}, rules ${rules}.`;
    const of = { firstDay, lastDay, as_of, rules, consumers };
    return { data: { data: of, analyses: entries }, text: [reach, ...lines].join('\n') };
  });
}

function explainTool(asked: Asked): OwnTool {
  const says = {
    name: 'explain_analysis',
    title: 'Explain an analysis | 口径说明',
    description: 'The page that defines an analysis, with its limits; with params, also its SQL. | 口径、限制与 SQL',
  };
  const input = z.strictObject({ analysis: z.string().describe('id, as in list_analyses'), params: params.optional() });
  return toolOf(says, input, async ({ analysis: named, params: given }) => {
    const analysis = analysisIn(asked, named);
    const { id, title, question, origin } = analysis;
    const doc = docOf(analysis);
    const sql = given && (await asked.explain(id, given)).sql;
    return { data: { id, title, question, origin, doc, ...(sql === undefined ? {} : { sql }) }, text: doc };
  });
}

const peopleInput = z.strictObject({
  analysis: z.string().describe('id, as in list_analyses'),
  params: params.describe('the parameters of the answer'),
  row: params.describe('column values of one of its rows'),
  limit: z.int().min(0).max(1000).default(100).describe('consumers to list, where the caller may see them'),
  after: z.int().min(0).default(0).describe('consumers after this one'),
});

function peopleTool(asked: Asked): OwnTool {
  const says = {
    name: 'people_behind',
    title: 'People behind a number | 数字背后的消费者',
    description:
      'How many consumers stand behind a row of an answer, and their numbers where the caller may see them. | 人数与名单',
  };
  return toolOf(says, peopleInput, async ({ analysis, params: given, row, limit, after }) => {
    const page = { limit: asked.mayListPeople ? limit : 0, after };
    const found = await asked.people(analysisIn(asked, analysis).id, given, row, page);
    const rest = asked.mayListPeople ? '' : ' The caller may not see single consumers.';
    return { data: { ...found }, text: `${found.count} consumers.${rest}` };
  });
}

function analysisTool(asked: Asked, analysis: Analysis): OwnTool {
  const { id, title, question, row } = analysis;
  const says = { name: toolName(id), title: both(title), description: both(question) };
  const output = answer.extend({ analysis: z.literal(id), rows: z.array(row) });
  return {
    tool: {
      ...says,
      inputSchema: { ...paramsSchema(analysis), type: 'object' } as Tool['inputSchema'],
      outputSchema: shape(output, 'output'),
      annotations: { title: says.title, ...readOnly },
    },
    use: async (given) => {
      const told = await asked.run(id, given);
      return { data: { ...told }, text: answerText(analysis, told) };
    },
  };
}

/** The analysis that is meant, also where the name of its tool was given. */
function analysisIn({ analyses }: Asked, given: string): Analysis {
  const found = analyses.find(({ id }) => id === given || toolName(id) === given);
  if (found) return found;
  throw new InputError(
    'analysis',
    `There is no analysis ${given}. The shelf has ${analyses.map(({ id }) => id).join(', ')}.`,
  );
}
