/** Languages in which data are written by hand. */
export type DataLanguage = 'JSON' | 'YAML';

export async function writeData(data: unknown, language: DataLanguage): Promise<string> {
  const plain = JSON.stringify(data, null, 2);
  return language === 'JSON' ? plain : (await import('yaml')).stringify(JSON.parse(plain));
}

/** Data out of a text: JSON is YAML too, but tells its faults better by itself. Throws the parser's own fault. */
export async function readData(text: string, language: DataLanguage): Promise<unknown> {
  return language === 'JSON' ? JSON.parse(text) : (await import('yaml')).parse(text);
}

/**
 * A text of data in another language. One that is nothing yet, or was pasted under the wrong language, stays as it is;
 * one that neither language reads throws the fault of its own.
 */
export async function turnText(text: string, from: DataLanguage, to: DataLanguage): Promise<string> {
  if (text.trim() === '') return text;
  try {
    return await writeData(await readData(text, from), to);
  } catch (error) {
    return readData(text, to).then(
      () => text,
      () => Promise.reject(error),
    );
  }
}
