/** Names of columns as the header gives them: trimmed, a second `x` is `x_2`, an empty third one is `column_3`. */
export function nameColumns(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((text, i) => {
    const name = text.trim() || `column_${i + 1}`;
    let unique = name;
    for (let n = 2; taken.has(unique); n += 1) unique = `${name}_${n}`;
    taken.add(unique);
    return unique;
  });
}
