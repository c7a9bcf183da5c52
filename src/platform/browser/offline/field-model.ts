import type { HeldDefinitions } from '#kernel/definition.ts';
import type { OperationShape } from './field-store.ts';

/**
 * What the application tells the store of its documents. Pure functions, so that what a phone shows at once and what it
 * shows after the server's answer come from the same rules. D is stored, V is read by screens, L is a line of the index.
 */
export interface FieldModel<D extends { readonly id: string }, V, L, T, O extends OperationShape> {
  complete(document: D): V;
  /**
   * The document as this operation leaves it, by the definitions the phone holds; undefined in and out for a person not on
   * the phone. Never throws.
   */
  apply(view: V | undefined, operation: O, held: HeldDefinitions | undefined): V | undefined;
  line(view: V): L;
  /** A line as small data, and back. */
  packLine(line: L): unknown;
  unpackLine(packed: unknown): L;
  /** Words a line is found by, lower case: whole text matches anywhere in names, at the start or end elsewhere. */
  searchKeys(line: L): {
    readonly anywhere: string;
    readonly starts: readonly string[];
    readonly ends: readonly string[];
  };
  listToday(lines: Iterable<L>, day: string): readonly T[];
  /** Lines `listToday` puts first on this day and on each of the days after it: with them alone its beginning is the same. */
  urgentLines(
    lines: Iterable<L>,
    day: string,
  ): { readonly lines: readonly L[]; readonly through: string; readonly shown: number };
  idOf(line: L): string;
  /** What the person was called when something was typed, for what is refused after they have left the phone. */
  nameOf?(line: L): string;
  /** The document as phone and server compare it. */
  comparedText?(document: D, day: string): string;
  /** Under which key the bytes lie that go with this operation; they travel first, and hold up nothing else. */
  attachmentOf?(operation: O): string | undefined;
  /** Whether this operation goes after the other; what carries bytes goes only once the other has been taken. */
  hangsOn?(operation: O, other: O): boolean;
  /** Whether what follows for the same person must wait when this operation is refused. */
  isFoundation(kind: string): boolean;
}

/** Whom an operation is about, as far as the phone knows when it is typed. */
export function aboutOf<L>(
  model: { nameOf?(line: L): string },
  line: L | undefined,
): { readonly about?: string } {
  return line === undefined || !model.nameOf ? {} : { about: model.nameOf(line) };
}
