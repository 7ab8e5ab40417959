import { z } from 'zod';
import type { Analysis } from '../../analyses/analysis.ts';

export type Schema = z.core.JSONSchema.JSONSchema;

/** JSON Schemas made so far: what they are made of never changes, and every page asks for the shelf. */
const made = new WeakMap<z.ZodType, Schema>();

function keptSchema(type: z.ZodType, make: () => Schema): Schema {
  const schema = made.get(type) ?? make();
  made.set(type, schema);
  return schema;
}

/** JSON Schema of an analysis's parameters, as a caller gives them; others are refused. */
export function paramsSchema({ params }: Analysis): Schema {
  return keptSchema(params, () => {
    const { $schema: _, ...schema } = z.toJSONSchema(params.strict(), { io: 'input', unrepresentable: 'any' });
    return schema;
  });
}

/** JSON Schema of the rows of an analysis. */
export function rowSchema({ row }: Analysis): Schema {
  return keptSchema(row, () => z.toJSONSchema(row, { unrepresentable: 'any' }));
}

export function schemaOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {}; // as: asked of parts of JSON Schemas only
}

function json(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    // Note: what is no JSON stays text, and the schema of the analysis says what it should have been.
    return given;
  }
}

/** A text, of an address or a command line, as the value its schema wants; what cannot be one stays text, for the schema to refuse. */
export function typedValue(given: string, schema: Schema): unknown {
  if (schema.type === 'string' || schema.enum) return given;
  if (schema.type === 'array' && !given.trim().startsWith('[')) {
    const items = given === '' ? [] : given.split(',');
    return items.map((item) => typedValue(item.trim(), schemaOf(schema.items)));
  }
  return json(given);
}

/** Parameters of an analysis given as texts. */
export function typedParams(analysis: Analysis, given: Readonly<Record<string, string>>): Record<string, unknown> {
  const { properties = {} } = paramsSchema(analysis);
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      Object.hasOwn(properties, name) ? typedValue(value, schemaOf(properties[name])) : value,
    ]),
  );
}
