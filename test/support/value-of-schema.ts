import { z } from 'zod';

/** A JSON schema as zod writes it, as far as we read it. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly default?: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Draws for values: a number from 0 up to but not with `below`, and an id that means something on this server. */
export interface Draws {
  below(limit: number): number;
  /** `name` is the field it is for, such as `residentId`. */
  id(name: string): string;
  /** A value for a field whose name says what it is, such as `answers`; undefined for any other. */
  named(name: string): unknown;
}

/** The schema of a route's part as plain data; undefined where the route takes nothing. */
export function plainSchema(schema: z.ZodType | undefined): object | undefined {
  return schema && z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', cycles: 'ref' });
}

const texts = [
  '2026-11-20',
  '2026-11',
  '08:30',
  '2026-11-24T02:00:00Z',
  '999999200001011238',
  '99999900100100017',
  '13900000000',
  '999999',
  '1',
  '01',
  'hypertension',
  '张三',
  'abc',
  'a.b',
  '12345678',
  'AAAA',
];

const days = [
  '2026-11-24',
  '2026-11-23',
  '2026-11-20',
  '2026-12-01',
  '2026-10-08',
  '1961-03-04',
  '2027-01-15',
];

/** A value the schema would take, as far as it says what that is: so that what is then spoiled reaches the work behind it. */
export function sampleOf(
  schema: object | undefined,
  draws: Draws,
  root?: Schema,
  depth = 0,
  name = '',
): unknown {
  const at = (schema ?? {}) as Schema;
  const top = root ?? at;
  if (at.$ref !== undefined)
    return depth > 6
      ? null
      : sampleOf(top.$defs?.[at.$ref.replace('#/$defs/', '')] ?? {}, draws, top, depth + 1, name);
  if (at.const !== undefined) return at.const;
  if (at.enum) return at.enum[draws.below(at.enum.length)];
  const choices = at.anyOf ?? at.oneOf;
  if (choices) return sampleOf(choices[draws.below(choices.length)], draws, top, depth + 1, name);
  if (at.allOf)
    return Object.assign({}, ...at.allOf.map((one) => sampleOf(one, draws, top, depth + 1, name)));
  if (at.type === 'object' || at.properties) return objectOf(at, draws, top, depth, name);
  if (at.type === 'array') {
    if (at.prefixItems) return at.prefixItems.map((one) => sampleOf(one, draws, top, depth + 1, name));
    const length = Math.max(at.minItems ?? 0, depth > 5 ? 0 : draws.below(3));
    return Array.from({ length }, () => sampleOf(at.items || {}, draws, top, depth + 1, name));
  }
  if (at.type === 'integer' || at.type === 'number') return numberOf(at, draws);
  if (at.type === 'boolean') return draws.below(2) === 0;
  if (at.type === 'null') return null;
  if (at.type === 'string') return textOf(at, draws, name);
  return [undefined, '1', 1, true, {}, ['1']][draws.below(6)];
}

function objectOf(at: Schema, draws: Draws, top: Schema, depth: number, name: string): object {
  const value: Record<string, unknown> = {};
  for (const [field, one] of Object.entries(at.properties ?? {})) {
    const isNeeded = at.required?.includes(field);
    if (isNeeded || draws.below(2) === 0)
      value[field] = draws.named(field) ?? sampleOf(one, draws, top, depth + 1, field);
  }
  if (typeof at.additionalProperties === 'object') {
    const key = at.propertyNames ? sampleOf(at.propertyNames, draws, top, depth + 1, name) : undefined;
    value[typeof key === 'string' ? key : 'sbp'] = sampleOf(
      at.additionalProperties,
      draws,
      top,
      depth + 1,
      name,
    );
  }
  return value;
}

function numberOf(at: Schema, draws: Draws): number {
  const least = Math.max(at.minimum ?? 0, -1_000_000);
  const most = Math.min(at.maximum ?? least + 200, least + 1_000_000);
  return [
    least,
    most,
    Math.floor((least + most) / 2),
    least + draws.below(Math.max(1, Math.floor(most - least))),
  ][draws.below(4)] as number;
}

function textOf(at: Schema, draws: Draws, name: string): string {
  // Ids and days are checked by our own rules, which a JSON schema cannot say; their names do.
  if (at.format === 'uuid' || /(^i|I)ds?$/.test(name)) return draws.id(name.replace(/s$/, ''));
  if (/(On|Date|Day|From|Until|Since)$|^(day|from|to|until|since|date|asOf)$/.test(name) && !at.pattern)
    return days[draws.below(days.length)] as string;
  const fitting =
    at.pattern === undefined ? texts : texts.filter((text) => new RegExp(at.pattern ?? '', 'u').test(text));
  const long = fitting.filter((text) => text.length >= (at.minLength ?? 0));
  return long[draws.below(Math.max(1, long.length))] ?? 'x'.repeat(at.minLength ?? 1);
}
