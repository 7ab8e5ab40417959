/** Parameters of a question that say something. */
type Asked = Readonly<Record<string, unknown>>;

/** What questions are called while they are asked, and those that the reader wants answered however long they take. */
const tickets = new Map<string, string>();
const anyway = new Set<string>();

const keyOf = (id: string, asked: Asked): string => JSON.stringify([id, asked]);

/** A new name for a question that is about to be asked. */
export function newTicket(id: string, asked: Asked): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const ticket = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  tickets.set(keyOf(id, asked), ticket);
  return ticket;
}

/** What a question was called when it was asked last. */
export function ticketOf(id: string, asked: Asked): string | undefined {
  return tickets.get(keyOf(id, asked));
}

/** From now on the question is asked even if it is heavy. */
export function allowHeavy(id: string, asked: Asked): void {
  anyway.add(keyOf(id, asked));
}

export function isLightOnly(id: string, asked: Asked): boolean {
  return !anyway.has(keyOf(id, asked));
}
