/** What a sender knows of its events. */
export interface Told {
  readonly source: string;
  /** Ids of all events that it began to send. */
  readonly sent: ReadonlySet<string>;
  /** Those that it was told are taken. */
  readonly delivered: ReadonlySet<string>;
}
