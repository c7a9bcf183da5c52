import type { FieldModel } from '#platform/browser/offline/field-model.ts';
import type { OperationShape } from '#platform/browser/offline/field-store.ts';

/** A person small enough to simulate millions of changes: three fields, visits by the operation that made them. */
export interface SimPerson {
  readonly id: string;
  readonly village: string;
  readonly information: Readonly<Record<string, string>>;
  readonly visits: readonly string[];
  readonly conflicts: readonly { readonly field: string; readonly kept: string; readonly offered: string }[];
}

export type SimBody =
  | { readonly visit: string; readonly isBad?: boolean }
  | { readonly changes: readonly { readonly field: string; readonly from: string; readonly to: string }[] }
  | { readonly village: string; readonly isBad?: boolean };

export interface SimOperation extends OperationShape {
  readonly kind: 'visit' | 'edit' | 'register';
  readonly body: SimBody;
}

export const fields = ['a', 'b', 'c'] as const;
export const villages = ['v1', 'v2', 'v3'] as const;

/** A person in the list; whoever was never visited is to be visited today. */
export interface SimLine {
  readonly id: string;
  readonly village: string;
  readonly visits: number;
}

/** What these documents mean to the offline store. */
export const simModel: FieldModel<SimPerson, SimPerson, SimLine, SimLine, SimOperation> = {
  complete: (person) => person,
  apply(person, { kind, body, residentId, operationId }) {
    if (kind === 'register' && 'village' in body)
      return person ?? { id: residentId, village: body.village, information: {}, visits: [], conflicts: [] };
    if (!person) return undefined;
    if (kind === 'visit') return { ...person, visits: [...new Set([...person.visits, operationId])] };
    if (!('changes' in body)) return person;
    const changed = Object.fromEntries(body.changes.map(({ field, to }) => [field, to]));
    return { ...person, information: { ...person.information, ...changed } };
  },
  line: ({ id, village, visits }) => ({ id, village, visits: visits.length }),
  packLine: (line) => line,
  unpackLine: (packed) => packed as SimLine,
  searchKeys: ({ village }) => ({ anywhere: village, starts: [], ends: [] }),
  listToday: (lines) => [...lines].filter((line) => line.visits === 0),
  urgentLines: (lines, day) => ({ lines: simModel.listToday(lines, day), through: day, shown: 100 }),
  idOf: (line) => line.id,
  isFoundation: (kind) => kind === 'register',
};
