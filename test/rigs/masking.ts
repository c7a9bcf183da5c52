/**
 * Values nobody could make up, planted wherever the record of a few people has room for them, and every reading door asked by
 * one of each role who has nothing to do with these people. What the policy does not show to that role must be in no answer.
 */
import { uuidv7 } from 'uuidv7';
import { routes } from '#apps/server/routes.ts';
import { dayInChina } from '#kernel/plain-date.ts';
import { openSession, sessionCookie } from '#platform/server/auth/sessions.ts';
import type { AnyRoute } from '#platform/server/http/define-route.ts';
import { purposeOf, viewOf } from '#standards/access-policy.ts';
import { type ExportPurpose, wholeInFile } from '#standards/privacy/export-doors.ts';
import { type MaskedField, maskedFields } from '#standards/reveal-purposes.ts';
import { clinicalRoles, type Role, roles } from '#standards/roles.ts';
import {
  addressOf,
  type Below,
  mulberry,
  type RequestParts,
  requestDrawer,
} from '#test/support/draw-request.ts';
import type { TestClient, TestServer } from '#test/support/server.ts';
import { type PlantedPerson, township } from './plant-canaries.ts';

/** One member of staff of each role who has never had to do with anybody here. */
export async function strangersOfEachRole(server: TestServer): Promise<Map<Role, TestClient>> {
  const clients = new Map<Role, TestClient>();
  for (const role of roles) {
    const [place] = await server.look<{ id: string }>(
      `select organization_id as id from staff s join organization o on o.id = s.organization_id
       where s.role = $1 and (o.kind not in ('village-clinic', 'township-centre') or o.path like '${township}%')
       order by o.path limit 1`,
      [role],
    );
    const id = uuidv7();
    await server.look(
      `insert into staff (county_id, id, organization_id, username, name, role, password_hash)
       values ('999999', $1, $2, $3, '新来者', $4, 'none')`,
      [id, place?.id, `stranger-${role}`, role],
    );
    const now = server.now();
    const token = await openSession(server.database, {
      countyId: '999999',
      staffId: id,
      now,
      secondFactorAt: now,
    });
    clients.set(role, server.clientOf(`${sessionCookie}=${token}`));
  }
  return clients;
}

export interface MaskingResult {
  readonly requests: number;
  readonly answered: number;
  /** Answers about a planted person, by route: what the walk really looked at. */
  readonly met: ReadonlySet<string>;
  readonly leaks: readonly string[];
}

/** Asks every reading door as each role; what the policy does not show and is there anyway is a leak. */
export async function walkDoors(
  server: TestServer,
  planted: readonly PlantedPerson[],
  input: { seed: number; draws: number; moreRoutes?: readonly AnyRoute[] },
): Promise<MaskingResult> {
  const random = mulberry(input.seed);
  const below: Below = (limit) => Math.floor(random() * limit);
  const drawer = requestDrawer(await idsAbout(server, planted), below);
  const clients = await strangersOfEachRole(server);
  const treated = await treatedByPlace(server, planted);
  const names = await namesOf(server, planted);
  const asks: Ask[] = [];
  for (const route of [...routes, ...(input.moreRoutes ?? [])].filter(isReading))
    for (const [role, client] of clients) {
      if (purposeOf(route.action, role) === undefined) continue;
      for (let draw = 0; draw < (route.params || route.query ? input.draws : 1); draw++) {
        const parts = drawer.draw(route);
        if (route.path === '/api/residents/search')
          parts.body = { text: names[below(names.length)], limit: 50 };
        asks.push({ route, role, client, parts });
      }
    }
  const tally = { requests: asks.length, answered: 0 };
  const met = new Set<string>();
  const leaks: string[] = [];
  const askOne = async ({ route, role, client, parts }: Ask) => {
    const address = addressOf(route, parts);
    const reply = await client.call(route.method, address, parts.body);
    if (reply.status >= 300) return;
    tally.answered += 1;
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    if (planted.some((one) => text.includes(one.id))) met.add(`${route.method} ${route.path}`);
    const found = leaksIn(
      text,
      planted,
      seenBy(route, role, { treated: treated.get(role), query: parts.query }),
    );
    if (found.length > 0) leaks.push(`${role}: ${route.method} ${address.slice(0, 120)} → ${found}`);
  };
  // Drawn one after another, so that a seed draws the same; asked several at once, so that the database is not waited for.
  const waiting = asks.values();
  const asker = async () => {
    for (const ask of waiting) await askOne(ask);
  };
  await Promise.all(Array.from({ length: askedAtOnce }, asker));
  return { ...tally, met, leaks };
}

const askedAtOnce = 8;

/** One question at one door. */
interface Ask {
  readonly route: AnyRoute;
  readonly role: Role;
  readonly client: TestClient;
  readonly parts: RequestParts;
}

const isReading = (route: AnyRoute) =>
  (route.method === 'GET' || route.path === '/api/residents/search') &&
  !route.path.startsWith('/api/session');

async function namesOf(server: TestServer, planted: readonly PlantedPerson[]): Promise<string[]> {
  const rows = await server.look<{ name: string }>(
    'select name from resident where id = any($1::uuid[]) order by id',
    [planted.map((one) => one.id)],
  );
  return rows.map((row) => row.name);
}

/** Whom the place of a newcomer treats: an examination held there, at the centre today, referred there. Written apart from what it checks. */
async function treatedByPlace(
  server: TestServer,
  planted: readonly PlantedPerson[],
): Promise<Map<string, Set<string>>> {
  const rows = await server.look<{ role: string; id: string }>(
    `select s.role, x.id from staff s join (
       select d.organization_id as place, p.resident_id as id from exam_day d join exam_person p on p.exam_day_id = d.id
         where abs(d.held_on - $2::date) <= 30
       union select organization_id, resident_id from centre_visit where arrived_on = $2::date
       union select to_organization_id, resident_id from referral_request where status not in ('declined', 'withdrawn')
         and receiver_until > $3::timestamptz) x on x.place = s.organization_id
     where s.username like 'stranger-%' and x.id = any($1::uuid[])`,
    [planted.map((one) => one.id), dayInChina(server.now()), server.now()],
  );
  const of = new Map<string, Set<string>>();
  for (const { role, id } of rows) of.set(role, (of.get(role) ?? new Set()).add(id));
  return of;
}

interface Seen {
  readonly identity: readonly MaskedField[];
  sensitive(residentId: string): boolean;
}

/** What this role may see through this door: the policy, whom its place treats, and what a file is taken out for. */
function seenBy(
  route: AnyRoute,
  role: Role,
  { treated, query }: { treated: ReadonlySet<string> | undefined; query: RequestParts['query'] },
): Seen {
  if (route.action === 'records.export' && route.path.endsWith('/export')) {
    const file = wholeInFile[query?.purpose as ExportPurpose];
    const isClinical = clinicalRoles.includes(role);
    return {
      identity: file.identity && isClinical ? maskedFields : [],
      sensitive: () => file.sensitive && isClinical,
    };
  }
  const view = viewOf(route.action, role);
  const isTreated = (id: string) => view.sensitive === 'asked-or-treating' && (treated?.has(id) ?? false);
  return { identity: view.identity, sensitive: (id) => view.sensitive === 'whole' || isTreated(id) };
}

/** What of the planted an answer gives away. */
export function leaksIn(text: string, planted: readonly PlantedPerson[], seen: Seen): string[] {
  const found: string[] = [];
  for (const { id, whole, canary } of planted) {
    for (const [field, value] of Object.entries(whole) as [MaskedField, string][])
      if (!seen.identity.includes(field) && text.includes(value)) found.push(`${field} ${value}`);
    const at = text.indexOf(canary);
    if (at >= 0 && !seen.sensitive(id)) found.push(text.slice(Math.max(0, at - 40), at + 4));
  }
  // Codes carry no name: they are looked for where nobody is treated.
  if (!planted.some((one) => seen.sensitive(one.id))) {
    if (/"pastDiseases":\[[^\]]*"code":"(?:8|9|10)"/.test(text)) found.push('既往史代码');
    if (/"familyFather":\[[^\]]*"10"/.test(text)) found.push('家族史代码');
    if (/"hbsag":"2"/.test(text)) found.push('乙肝表面抗原');
  }
  return found.slice(0, 3);
}

/** Ids of every row about these people, by table, and of what belongs to nobody. */
async function idsAbout(
  server: TestServer,
  planted: readonly PlantedPerson[],
): Promise<Map<string, string[]>> {
  const people = planted.map((one) => one.id);
  const tables = await server.look<{ name: string; about: boolean }>(
    `select c.table_name as name, exists (select from information_schema.columns r where r.table_schema = 'public'
       and r.table_name = c.table_name and r.column_name = 'resident_id') as about
     from information_schema.columns c where c.table_schema = 'public' and c.column_name = 'id' and c.data_type = 'uuid'`,
  );
  const ids = new Map<string, string[]>();
  for (const { name, about } of tables) {
    const rows =
      name === 'resident'
        ? people.map((id) => ({ id }))
        : await server.look<{ id: string }>(
            `select id from "${name}" ${about ? 'where resident_id = any($1::uuid[])' : 'where $1::uuid[] is not null'} limit 40`,
            [people],
          );
    if (rows.length > 0)
      ids.set(
        name,
        rows.map((row) => row.id),
      );
  }
  return ids;
}
