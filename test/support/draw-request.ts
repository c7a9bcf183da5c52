import { uuidv7 } from 'uuidv7';
import { routes } from '#apps/server/routes.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { AnyRoute } from '#platform/server/http/define-route.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';
import { sampleAnswers } from './sample-answers.ts';
import type { TestServer } from './server.ts';
import { plainSchema, sampleOf } from './value-of-schema.ts';

/** The parts of a request, drawn from its route's own schema. */
export interface RequestParts {
  params: Record<string, unknown> | undefined;
  query: Record<string, unknown> | undefined;
  body: unknown;
}

export type Below = (limit: number) => number;

const schemas = new Map(
  routes.map((route) => [
    route,
    {
      params: plainSchema(route.params),
      query: plainSchema(route.query),
      body: plainSchema(route.body),
    },
  ]),
);

/** Draws requests a server may well take: ids of rows it has, answers of the form the route is about. */
export function requestDrawer(ids: ReadonlyMap<string, string[]>, below: Below) {
  const seen = new Map<string, string[]>();
  return {
    draw(route: AnyRoute): RequestParts {
      const edition = editionFor(route.path, below);
      const namedValues: Readonly<Record<string, () => unknown>> = {
        form: () => edition.form,
        edition: () => edition.edition,
        formEdition: () => edition.edition,
        answers: () => sampleAnswers(edition, below),
      };
      const draws = {
        below,
        id: (name: string) => idFor(name, ids, seen, below),
        named: (name: string) => namedValues[name]?.(),
      };
      const schema = schemas.get(route);
      return {
        params: namedAfterPath(route.path, sampleOf(schema?.params, draws), draws) as RequestParts['params'],
        query: schema?.query && (sampleOf(schema.query, draws) as Record<string, unknown>),
        body: schema?.body && sampleOf(schema.body, draws),
      };
    },
    /** Keeps the ids an answer named. */
    learn: (body: unknown) => rememberIds(body, '', seen),
  };
}

/** The address of a request; what its parts lack is drawn by chance. */
export function addressOf(route: AnyRoute, parts: RequestParts): string {
  return pathOf(route.path, parts.params, { id: () => uuidv7() }) + queryOf(parts.query);
}

/** `:id` after `/residents/` means a resident; the schema calls it only `id`. */
function namedAfterPath(path: string, params: unknown, draws: { id(name: string): string }): unknown {
  if (typeof params !== 'object' || params === null) return params;
  const named = { ...params } as Record<string, unknown>;
  for (const [, place, name] of path.matchAll(/\/([a-z-]+)\/:(\w+)/g))
    if (name === 'id' || name === `${place}Id`) {
      const singular = (place ?? '').replace(/ies$/, 'y').replace(/s$/, '').replaceAll('-', '_');
      named[name] = draws.id(singular === 'task' ? 'follow_up_task' : singular);
    }
  return named;
}

function pathOf(
  path: string,
  params: Record<string, unknown> | undefined,
  draws: { id(name: string): string },
): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encode(params?.[name] ?? draws.id(name)));
}

function queryOf(query: Record<string, unknown> | undefined): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return pairs.length === 0
    ? ''
    : `?${pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`;
}

function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const short = text.slice(0, 500) || 'x';
  try {
    return encodeURIComponent(short);
  } catch {
    // Half a character has no address; the raw bytes some clients would send for it have.
    return '%ED%A0%80';
  }
}

/** Ids of rows there are, by table: so that work is found and done to them. */
export async function knownIds(server: TestServer): Promise<Map<string, string[]>> {
  const tables = await server.look<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'id' and data_type = 'uuid' order by 1`,
  );
  const ids = new Map<string, string[]>();
  for (const { name } of tables) {
    const rows = await server.look<{ id: string }>(`select id from "${name}" order by id limit 40`);
    if (rows.length > 0)
      ids.set(
        name,
        rows.map((row) => row.id),
      );
  }
  return ids;
}

/** Mostly an id of the table the field's name speaks of, sometimes of another or of none. */
function idFor(
  name: string,
  ids: ReadonlyMap<string, string[]>,
  seen: ReadonlyMap<string, string[]>,
  below: Below,
): string {
  if (name === 'operationId' || below(8) === 0) return uuidv7();
  const answered = seen.get(name);
  if (answered && below(2) === 0) return answered[below(answered.length)] as string;
  const word = name.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const tables = [...ids.keys()];
  const fitting = tables.filter((table) => table === word || table.endsWith(`_${word}`));
  const table = (fitting.length > 0 ? fitting : tables)[below(fitting.length || tables.length)] as string;
  const rows = ids.get(table) as string[];
  return rows[below(rows.length)] as string;
}

/** Ids that answers named, so that what one call made is found by the next. */
function rememberIds(body: unknown, name: string, seen: Map<string, string[]>): void {
  if (typeof body === 'string' && /(^i|I)d$/.test(name) && /^[0-9a-f-]{36}$/.test(body)) {
    const held = seen.get(name) ?? [];
    if (!held.includes(body)) seen.set(name, [...held, body].slice(-50));
  }
  if (typeof body !== 'object' || body === null) return;
  for (const [key, value] of Object.entries(body).slice(0, 60))
    rememberIds(value, Array.isArray(body) ? name : key, seen);
}

/** The form a route is about where its path says so; any other elsewhere. */
function editionFor(path: string, below: Below): FormEdition {
  const about = [
    [/personal-information|residents$/, 'personal-information'],
    [/checkups|exam-days/, 'annual-checkup'],
    [/follow-ups/, 'hypertension-follow-up'],
    [/screenings/, ['copd-sq', 'copd-ps', 'stroke-risk-8', 'hypertension-high-risk'][below(4)]],
  ] as const;
  const form = about.find(([pattern]) => pattern.test(path))?.[1];
  const fitting = allFormEditions.filter((one) => form === undefined || one.form === form);
  return fitting[below(fitting.length)] as FormEdition;
}

/** A small repeatable source of draws from 0 up to 1. */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
