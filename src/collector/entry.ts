/** One request as the log keeps it: what a client said, and all that is needed to read it again the same way. */
export interface Entry {
  /** Name of the source whose key the request carried. */
  readonly source: string;
  /** Protocol that reads the body. */
  readonly protocol: string;
  /** When it was received: milliseconds since 1970. */
  readonly received: number;
  /** What is needed beside the body: parts of the path, query fields, a few headers. Never a key. */
  readonly head: Readonly<Record<string, string>>;
  /** Decompressed. */
  readonly body: Buffer;
}

/** An entry and where it stands in the log: equal for the same entry however often it is read. */
export interface Placed {
  readonly entry: Entry;
  /** `<segment>.<offset>`. */
  readonly place: string;
}
