/** A part of a form: a text, or a file under a name. */
export interface FormPart {
  readonly name: string;
  readonly value: string | Uint8Array;
  readonly file?: string;
}

/** A form as `multipart/form-data` (RFC 7578); `boundary` stands in none of its values. */
export function multipart(parts: readonly FormPart[], boundary: string): { body: Uint8Array; type: string } {
  const pieces = parts.flatMap(({ name, value, file }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${
        file === undefined ? '' : `; filename="${file}"\r\nContent-Type: application/zip`
      }\r\n\r\n`,
    ),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);
  return {
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}
