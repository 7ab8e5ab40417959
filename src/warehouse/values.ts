/** The ClickHouse type that a JavaScript value shows by itself. */
export function typeOf(value: unknown): string {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'Int64' : 'Float64';
  if (typeof value === 'boolean') return 'Bool';
  if (value instanceof Date) return "DateTime64(3, 'UTC')";
  if (Array.isArray(value)) return `Array(${typeOfAll(value)})`;
  throw new TypeError(`no ClickHouse type for ${typeof value} ${String(value)}: name it with as(value, type)`);
}

function typeOfAll(values: readonly unknown[]): string {
  const types = new Set(values.map(typeOf));
  if (types.has('Float64')) types.delete('Int64');
  const [type = 'String', other] = types;
  if (other !== undefined) throw new TypeError(`a list of both ${type} and ${other} has no one ClickHouse type`);
  return type;
}

/** The value in the form in which both engines take it, or an error where the engine would silently take another. */
export function bindable(value: unknown, type: string): unknown {
  if (value instanceof Date) return timeText(value, type);
  if (value === null || value === undefined) return nullable(type);
  const [, unsigned, bits] = /^(?:(?:Array|Nullable|LowCardinality)\()*(U?)Int(\d+)\b/.exec(type) ?? [];
  if (bits !== undefined) checkRange(value, type, unsigned === 'U', Number(bits));
  return value;
}

function nullable(type: string): null {
  if (!type.includes('Nullable(')) throw new TypeError(`null cannot be bound as ${type}`);
  return null;
}

function timeText(value: Date, type: string): string {
  const text = value.toISOString().replace('T', ' ');
  if (!type.includes('DateTime')) return text.slice(0, 10);
  return text.slice(0, type.includes('DateTime64') ? 23 : 19);
}

function checkRange(value: unknown, type: string, unsigned: boolean, bits: number): void {
  const low = unsigned ? 0n : -(1n << BigInt(bits - 1));
  const high = unsigned ? (1n << BigInt(bits)) - 1n : -low - 1n;
  const [lowest, highest] = [Number(low), Number(high)];
  for (const each of Array.isArray(value) ? value : [value]) {
    if (each === null) continue;
    const inside =
      typeof each === 'number'
        ? Number.isSafeInteger(each) && each >= lowest && each <= highest
        : /^-?\d+$/.test(String(each)) && BigInt(String(each)) >= low && BigInt(String(each)) <= high;
    if (!inside) throw new RangeError(`${String(each)} is not a value of ${type}`);
  }
}
