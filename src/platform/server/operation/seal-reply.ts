import type { FieldSeals } from '../crypto/field-seals.ts';

/** What may be a number of a person, standing anywhere in an answer; the same words in JavaScript and in PostgreSQL. */
export const personalNumber = '\\d{17}[\\dXx]|(?<!\\d)1\\d{10}(?!\\d)';
const pattern = new RegExp(personalNumber);

/** The answer as it is kept for a replay: sealed as a whole when a number of a person may stand in it. */
export function sealReply(seals: FieldSeals, operationId: string, reply: unknown): unknown {
  const sealed = seals.answers('operation', operationId, reply);
  if (!pattern.test(JSON.stringify(sealed))) return sealed;
  return seals.whole('operation', operationId, 'response', reply);
}
