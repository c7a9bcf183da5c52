/** A UUID made by whoever creates the fact (phone or server), lower case. Version 7 by convention. */
export type Id = string & { readonly __id: unique symbol };

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Parses a UUID in any letter case; undefined otherwise. */
export function parseId(text: string): Id | undefined {
  const lower = text.toLowerCase();
  return SHAPE.test(lower) ? (lower as Id) : undefined;
}

/** The UUID written in trusted text; throws a RangeError otherwise. */
export function id(text: string): Id {
  const parsed = parseId(text);
  if (parsed === undefined) throw new RangeError('not a UUID');
  return parsed;
}
