import type { PlainDate } from './plain-date.ts';

/** What of the product travels to phones as data. */
export type DefinitionKind = 'form' | 'rule-parameters' | 'formulary' | 'county-setting';

/** A definition without its content: enough to know whether one holds it, and when it is in force. */
export interface DefinitionHead {
  readonly kind: DefinitionKind;
  /** Form code, topic of rules, or setting. */
  readonly key: string;
  readonly edition: string;
  /** Of everything in it, in hex: the same name with another content is another definition. */
  readonly digest: string;
  readonly title: string;
  /** First day in force; null: ever since. */
  readonly from: PlainDate | null;
  /** Edition of the engine that is needed to read it. */
  readonly engine: number;
}

/** A definition as it is published and kept. */
export interface Definition extends DefinitionHead {
  readonly content: unknown;
}

/** What a phone has taken: heads in force as the server last told, and everything ever taken, by digest. */
export interface HeldDefinitions {
  readonly set: string;
  readonly heads: readonly DefinitionHead[];
  readonly documents: ReadonlyMap<string, Definition>;
}

/** One definition as text that is the same wherever it was read or stored: fields in order, nothing undefined. */
export function definitionText(definition: Omit<Definition, 'digest'>): string {
  const { kind, key, edition, title, from, engine, content } = definition;
  return JSON.stringify(inOrder({ kind, key, edition, title, from, engine, content }));
}

/** All definitions in force as text, in whatever order they come: its digest names the set. */
export function definitionSetText(heads: readonly Pick<DefinitionHead, 'digest'>[]): string {
  return heads
    .map(({ digest }) => digest)
    .toSorted()
    .join('\n');
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, inOrder(one)]),
  );
}
