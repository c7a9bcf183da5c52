import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { type ExportDoor, exportDoors } from '#standards/privacy/export-doors.ts';
import { type RevealField, revealFieldLabels } from '#standards/reveal-purposes.ts';
import { type Role, roleLabels } from '#standards/roles.ts';
import { nameAction } from '../domain/deed-names.ts';
import { type IncidentKind, incidentKinds, kindsOfDeed, kindsOnPhone } from '../domain/incident-kinds.ts';
import type { IncidentSummary } from '../incident-contract.ts';

export interface IncidentQuestion {
  readonly username: string;
  readonly deviceId?: string | undefined;
  readonly from: PlainDate;
  readonly through: PlainDate;
}

/** What was done with one person's data, one by one. */
export interface OpenedPerson {
  readonly deeds: Set<string>;
  times: number;
  first: Date;
  last: Date;
}

export interface Incident extends IncidentSummary {
  readonly opened: ReadonlyMap<string, OpenedPerson>;
  readonly onPhone: ReadonlySet<string>;
  /** Everybody the lists and searches of these accounts could have shown. */
  readonly listed: ReadonlySet<string>;
}

interface Account {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly organization_name: string;
  readonly scope_path: string;
  readonly disabled_at: Date | null;
  readonly sessions: number;
}

const stateLabels = { active: '在用', 'wipe-ordered': '已下令清除', wiped: '已清除', revoked: '已收回' };
/** Half open under byte order: `0` follows `/`. */
const endOf = (path: string) => `${path.slice(0, -1)}0`;

/**
 * Whom it concerns when this account was misused in these days, or this phone was lost: whose record was opened or
 * written, who lies on the phone or once did, and whom the lists could have shown. Undefined where there is no such
 * account, or no such phone of it.
 */
export async function traceIncident(
  tx: Transaction<Tables>,
  countyId: string,
  question: IncidentQuestion,
): Promise<Incident | undefined> {
  const phones = await readPhones(tx, countyId, question);
  if (question.deviceId !== undefined && phones.length === 0) return undefined;
  const staffIds = question.deviceId === undefined ? [] : phones.map((one) => one.staff_id);
  const accounts = await readAccounts(tx, countyId, question.username.trim(), staffIds);
  if (accounts.length === 0) return undefined;
  const ids = accounts.map((one) => one.id);
  const rows = await readDeeds(tx, countyId, ids, question);
  const opened = openedOf(rows);
  const kinds = new Set<IncidentKind>();
  let sawLists = false;
  for (const { action, outcome, resident_id } of rows) {
    if (outcome !== 'allowed') continue;
    for (const kind of kindsOfDeed(action)) kinds.add(kind);
    if (resident_id === null && kindsOfDeed(action).length > 0) sawLists = true;
  }
  const paths = question.deviceId === undefined ? [] : phones.flatMap((one) => one.scope_paths);
  if (paths.length > 0) for (const kind of kindsOnPhone) kinds.add(kind);
  const onPhone = await readPeopleUnder(tx, countyId, paths, { everThere: true });
  const scopes = sawLists ? accounts.map((one) => one.scope_path) : [];
  const listed = await readPeopleUnder(tx, countyId, scopes, { everThere: false });
  return {
    accounts: accounts.map((one) => ({
      username: one.username,
      staffName: one.name,
      roleLabel: roleLabels[one.role],
      organizationName: one.organization_name,
      isDisabled: one.disabled_at !== null,
      openSessions: one.sessions,
    })),
    phones: phones.map((one) => ({
      deviceId: one.device_id,
      name: one.name,
      username: one.username,
      stateLabel: stateLabels[one.state],
      lastContactAt: one.last_contact_at?.toISOString() ?? null,
      pending: one.pending,
    })),
    people: {
      opened: opened.size,
      onPhone: onPhone.size,
      listed: listed.size,
      all: new Set([...opened.keys(), ...onPhone, ...listed]).size,
    },
    kinds: Object.keys(incidentKinds)
      .filter((kind) => kinds.has(kind as IncidentKind))
      .map((kind) => incidentKinds[kind as IncidentKind]),
    whole: await readWhole(tx, countyId, ids, question),
    deeds: summarise(rows),
    exports: await readExports(tx, countyId, ids, question),
    opened,
    onPhone,
    listed,
  };
}

function readAccounts(
  tx: Transaction<Tables>,
  countyId: string,
  username: string,
  staffIds: readonly string[],
): Promise<readonly Account[]> {
  return sql<Account>`
    select s.id, s.username, s.name, s.role, o.name as organization_name, o.scope_path, s.disabled_at,
      (select count(*)::int from session x where x.county_id = s.county_id and x.staff_id = s.id) as sessions
    from staff s join organization o on o.county_id = s.county_id and o.id = s.organization_id
    where s.county_id = ${countyId} and (s.username = ${username} or s.id = any(${[...staffIds]}::uuid[]))
    order by s.username <> ${username}, s.username`
    .execute(tx)
    .then(({ rows }) => rows);
}

/** The phones of this account; with a number, everybody's share of that one phone. */
async function readPhones(tx: Transaction<Tables>, countyId: string, question: IncidentQuestion) {
  const { rows } = await sql<{
    device_id: string;
    staff_id: string;
    name: string;
    username: string;
    state: keyof typeof stateLabels;
    last_contact_at: Date | null;
    pending: number;
    scope_paths: string[];
  }>`
    select d.device_id, d.staff_id, d.name, s.username, d.state, d.last_contact_at, d.pending, d.scope_paths
    from field_device d join staff s on s.county_id = d.county_id and s.id = d.staff_id
    where d.county_id = ${countyId} and exists (select from field_device e join staff u on u.county_id = e.county_id
        and u.id = e.staff_id where e.county_id = d.county_id and e.device_id = d.device_id
        and u.username = ${question.username.trim()})
      ${question.deviceId === undefined ? sql`and s.username = ${question.username.trim()}` : sql`and d.device_id = ${question.deviceId}::uuid`}
    order by d.last_contact_at desc nulls last, d.device_id, s.username`.execute(tx);
  return rows;
}

interface DeedRow {
  readonly action: string;
  readonly outcome: string;
  readonly resident_id: string | null;
  readonly times: number;
  readonly first: Date;
  readonly last: Date;
}

const during = ({ from, through }: IncidentQuestion, column: 'e.at' | 'x.made_at') =>
  sql`${sql.ref(column)} >= ${from}::timestamp at time zone 'Asia/Shanghai'
    and ${sql.ref(column)} < (${through}::date + 1)::timestamp at time zone 'Asia/Shanghai'`;

async function readDeeds(
  tx: Transaction<Tables>,
  countyId: string,
  staffIds: readonly string[],
  question: IncidentQuestion,
): Promise<readonly DeedRow[]> {
  const { rows } = await sql<DeedRow>`
    select e.action, e.outcome, e.resident_id, count(*)::int as times, min(e.at) as first, max(e.at) as last
    from audit_entry e where e.county_id = ${countyId} and e.staff_id = any(${[...staffIds]}::uuid[])
      and ${during(question, 'e.at')}
    group by e.action, e.outcome, e.resident_id`.execute(tx);
  return rows;
}

function openedOf(rows: readonly DeedRow[]): ReadonlyMap<string, OpenedPerson> {
  const opened = new Map<string, OpenedPerson>();
  for (const { action, outcome, resident_id: id, times, first, last } of rows) {
    if (id === null || outcome !== 'allowed') continue;
    const known = opened.get(id) ?? { deeds: new Set<string>(), times: 0, first, last };
    known.deeds.add(nameAction(action));
    known.times += times;
    if (first < known.first) known.first = first;
    if (last > known.last) known.last = last;
    opened.set(id, known);
  }
  return opened;
}

function summarise(rows: readonly DeedRow[]): IncidentSummary['deeds'] {
  const deeds = new Map<string, { deed: string; times: number; people: Set<string>; isRefused: boolean }>();
  for (const { action, outcome, resident_id: id, times } of rows) {
    const isRefused = outcome !== 'allowed';
    const deed = nameAction(action);
    const key = `${deed} ${isRefused}`;
    const known = deeds.get(key) ?? { deed, times: 0, people: new Set<string>(), isRefused };
    known.times += times;
    if (id !== null) known.people.add(id);
    deeds.set(key, known);
  }
  return [...deeds.values()]
    .map(({ people, ...one }) => ({ ...one, people: people.size }))
    .toSorted((a, b) => b.people - a.people || b.times - a.times || (a.deed < b.deed ? -1 : 1));
}

/** People managed under these places; `everThere` with those who have moved away since. */
async function readPeopleUnder(
  tx: Transaction<Tables>,
  countyId: string,
  paths: readonly string[],
  { everThere }: { everThere: boolean },
): Promise<ReadonlySet<string>> {
  const people = new Set<string>();
  for (const path of new Set(paths)) {
    const { rows } = await sql<{ id: string }>`
      select r.id from resident r
      where r.county_id = ${countyId} and r.org_path >= ${path} and r.org_path < ${endOf(path)}
      ${
        everThere
          ? sql`union select f.resident_id from change_feed f where f.county_id = ${countyId}
              and f.was_path >= ${path} and f.was_path < ${endOf(path)}`
          : sql``
      }`.execute(tx);
    for (const { id } of rows) people.add(id);
  }
  return people;
}

/** Fields that were asked for in full, and of how many people. */
async function readWhole(
  tx: Transaction<Tables>,
  countyId: string,
  staffIds: readonly string[],
  question: IncidentQuestion,
): Promise<IncidentSummary['whole']> {
  const { rows } = await sql<{ field: RevealField; people: number }>`
    select f.field, count(distinct e.resident_id)::int as people
    from audit_entry e cross join lateral jsonb_array_elements_text(e.detail -> 'fields') as f(field)
    where e.county_id = ${countyId} and e.staff_id = any(${[...staffIds]}::uuid[]) and e.action = 'resident.reveal'
      and e.outcome = 'allowed' and jsonb_typeof(e.detail -> 'fields') = 'array' and ${during(question, 'e.at')}
    group by f.field order by people desc, f.field`.execute(tx);
  return rows.map(({ field, people }) => ({ label: revealFieldLabels[field] ?? field, people }));
}

async function readExports(
  tx: Transaction<Tables>,
  countyId: string,
  staffIds: readonly string[],
  question: IncidentQuestion,
): Promise<IncidentSummary['exports']> {
  const { rows } = await sql<{ id: string; made_at: Date; door: ExportDoor; people: number }>`
    select x.id, x.made_at, x.door, x.people from export_register x
    where x.county_id = ${countyId} and x.made_by = any(${[...staffIds]}::uuid[]) and ${during(question, 'x.made_at')}
    order by x.made_at, x.id`.execute(tx);
  return rows.map((row) => ({
    exportId: row.id,
    madeAt: row.made_at.toISOString(),
    label: exportDoors[row.door].label,
    people: row.people,
  }));
}
