import { isObject } from '../props.ts';

/** A fault of a request in the words of Google's validation server. */
export interface ValidationMessage {
  readonly fieldPath: string;
  readonly description: string;
  readonly validationCode: 'VALUE_INVALID' | 'VALUE_REQUIRED' | 'NAME_INVALID' | 'EXCEEDED_MAX_ENTITIES';
}

export function validationOf(body: unknown, mostEvents: number): ValidationMessage[] {
  if (!isObject(body)) return [fault('', 'VALUE_INVALID', 'The body is not a JSON object.')];
  const { client_id, app_instance_id, user_id, events } = body;
  const messages: ValidationMessage[] = [];
  if (![client_id, app_instance_id, user_id].some(isNamed))
    messages.push(fault('client_id', 'VALUE_REQUIRED', 'One of client_id, app_instance_id and user_id is required.'));
  if (!Array.isArray(events)) return [...messages, fault('events', 'VALUE_REQUIRED', 'A list of events is required.')];
  if (events.length > mostEvents)
    messages.push(fault('events', 'EXCEEDED_MAX_ENTITIES', `At most ${mostEvents} events are allowed in a request.`));
  return [...messages, ...events.flatMap((event: unknown, index) => eventFaults(event, index))];
}

function eventFaults(event: unknown, index: number): ValidationMessage[] {
  if (!isObject(event)) return [fault(`events[${index}]`, 'VALUE_INVALID', `Event at index: [${index}] is no object.`)];
  const { name, params } = event;
  const faults: ValidationMessage[] = [];
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name))
    faults.push(
      fault(
        'events',
        'NAME_INVALID',
        `Event at index: [${index}] has an invalid name. Names start with a letter and have at most 40 letters, digits and underscores.`,
      ),
    );
  if (params !== undefined && !isObject(params))
    faults.push(fault(`events[${index}].params`, 'VALUE_INVALID', `The params of event [${index}] are no object.`));
  return faults;
}

const isNamed = (value: unknown) => (typeof value === 'string' && value !== '') || typeof value === 'number';

function fault(
  fieldPath: string,
  validationCode: ValidationMessage['validationCode'],
  description: string,
): ValidationMessage {
  return { fieldPath, description, validationCode };
}
