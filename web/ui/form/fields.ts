/** One parameter as a form shows it, read from JSON Schema. */
export interface Field {
  readonly name: string;
  /** `range` holds two parameters, `name` and `to`. */
  readonly kind:
    | 'day'
    | 'range'
    | 'choice'
    | 'number'
    | 'flag'
    | 'text'
    | 'texts'
    | 'brand'
    | 'category'
    | 'rules'
    | 'audience'
    | 'audiences';
  readonly required: boolean;
  /** `English | 中文`. */
  readonly description: string;
  readonly default?: unknown;
  /** Values of a choice. */
  readonly choices?: readonly (string | number)[];
  readonly min?: number;
  readonly max?: number;
  /** Whole numbers only. */
  readonly whole?: boolean;
  /** The parameter of a range's last day, and its description. */
  readonly to?: string;
  readonly toDescription?: string;
}

interface Property {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly default?: unknown;
  readonly description?: string;
}

/** Parameters that name a thing of the workspace, which then is picked from a list. */
const picked = ['brand', 'category', 'rules'] as const;

/** Parameters that name a saved audience. */
const audiences: readonly string[] = ['audience', 'base', 'ta'];

/** The fields of a form, in order; a first and a last day (`from` and `to`, `x_from` and `x_to`) make one range. */
export function fieldsOf(schema: Readonly<Record<string, unknown>>): Field[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Property>>; // as: JSON Schema of an object
  const required = (schema.required ?? []) as readonly string[]; // as: JSON Schema of an object
  return Object.entries(properties).flatMap(([name, property]) => {
    if (isEnd(name, properties)) return [];
    const field = fieldOf(name, property, required.includes(name));
    const to = endOf(name);
    if (to === undefined || !isRange(name, to, properties)) return [field];
    return [{ ...field, kind: 'range' as const, to, toDescription: properties[to]?.description ?? to }];
  });
}

function endOf(name: string): string | undefined {
  return /(^|_)from$/.test(name) ? name.replace(/from$/, 'to') : undefined;
}

function isRange(from: string, to: string, properties: Readonly<Record<string, Property>>): boolean {
  return properties[from]?.format === 'date' && properties[to]?.format === 'date';
}

function isEnd(name: string, properties: Readonly<Record<string, Property>>): boolean {
  return /(^|_)to$/.test(name) && isRange(name.replace(/to$/, 'from'), name, properties);
}

function fieldOf(name: string, property: Property, required: boolean): Field {
  const low = property.minimum ?? (property.exclusiveMinimum === undefined ? undefined : property.exclusiveMinimum + 1);
  return {
    name,
    kind: kindOf(name, property),
    required,
    description: property.description ?? name,
    ...(property.default === undefined ? {} : { default: property.default }),
    ...(property.enum ? { choices: property.enum } : {}),
    ...(low === undefined ? {} : { min: low }),
    ...(property.maximum === undefined ? {} : { max: property.maximum }),
    ...(property.type === 'integer' ? { whole: true } : {}),
  };
}

function kindOf(name: string, { type, format, enum: choices }: Property): Field['kind'] {
  const named = picked.find((each) => each === name);
  if (named) return named;
  if (audiences.includes(name)) return 'audience';
  if (type === 'array') return name === 'audiences' ? 'audiences' : 'texts';
  if (choices) return 'choice';
  if (format === 'date') return 'day';
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' ? 'flag' : 'text';
}
