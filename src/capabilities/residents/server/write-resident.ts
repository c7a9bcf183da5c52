import { sql, type Transaction } from 'kysely';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { FieldIssue, Refused } from '#kernel/problem.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { sealsOf } from '#platform/server/database/with-scope.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { checkPersonalInformation } from '../domain/check-personal-information.ts';
import { takeArchiveNumber } from './archive-number.ts';
import { nameInitialsOf } from './name-initials.ts';
import { sealResident } from './seal-resident.ts';

/** The edition new records are written on. */
const currentEdition = '2017';

interface FormInput {
  readonly answers: unknown;
  readonly confirmed: readonly string[];
  readonly today: PlainDate;
  readonly now: Date;
}

function checkForm(input: FormInput) {
  const edition = formEdition('personal-information', currentEdition);
  if (!edition) throw new Error('the current edition is registered');
  const checked = checkPersonalInformation(edition, input.answers, input.today);
  if (!checked.identity) return refused('invalid-input', { issues: checked.errors });
  const open = checked.warnings.filter((issue) => !isConfirmed(issue, input.confirmed));
  if (open.length > 0) return refused('needs-confirmation', { issues: open });
  return { kind: 'good' as const, answers: checked.answers, identity: checked.identity };
}

function isConfirmed(issue: FieldIssue, confirmed: readonly string[]): boolean {
  return confirmed.includes(`${issue.path}:${issue.code}`);
}

/**
 * Files a new resident under a village clinic of the actor's scope, with the next archive code. A second record under one
 * identity number fails on the unique key `resident_identity`; the caller turns that into the way out.
 */
export async function insertResident(
  tx: Transaction<Tables>,
  actor: Actor,
  input: FormInput & { residentId: string; organizationId: string },
): Promise<{ residentId: string; archiveNo: string } | Refused> {
  const checked = checkForm(input);
  if (checked.kind === 'refused') return checked;
  const organization = await tx
    .selectFrom('organization')
    .select(['path', 'region_code', 'kind'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.organizationId)
    .executeTakeFirst();
  if (organization?.kind !== 'village-clinic' || !organization.path.startsWith(actor.scopePath)) {
    const message = '请选择您管理范围内的村卫生室。';
    return refused('invalid-input', { issues: [{ path: 'organizationId', code: 'not-in-scope', message }] });
  }
  const archiveNo = await takeArchiveNumber(tx, actor.countyId, organization.region_code);
  if (archiveNo === undefined) return refused('busy', { detail: '该村的档案编码已用完，请联系管理员。' });
  const { identity, answers } = checked;
  const initials = nameInitialsOf(identity.name);
  await tx
    .insertInto('resident')
    .values({
      county_id: actor.countyId,
      id: input.residentId,
      organization_id: input.organizationId,
      org_path: organization.path,
      archive_no: archiveNo,
      name: identity.name,
      name_initials: initials.initials,
      name_initials_alt: initials.alternative,
      sex: identity.sex,
      birth_date: identity.birthDate,
      id_type: identity.idType,
      ...sealResident(sealsOf(tx), { ...identity, id: input.residentId, answers }),
      form_edition: currentEdition,
      created_at: input.now,
      created_by: actor.staffId,
      updated_at: input.now,
    })
    .execute();
  await insertRevision(tx, actor, {
    residentId: input.residentId,
    version: 1,
    orgPath: organization.path,
    answers,
    reason: null,
    now: input.now,
  });
  await recordAudit(tx, actor, { action: 'resident.register', residentId: input.residentId, now: input.now });
  return { residentId: input.residentId, archiveNo };
}

/** Replaces the personal information of a resident if `version` is the current one; the old version is kept. */
export async function replacePersonalInformation(
  tx: Transaction<Tables>,
  actor: Actor,
  input: FormInput & { residentId: string; version: number; reason: string | undefined },
): Promise<{ residentId: string; version: number } | Refused> {
  const checked = checkForm(input);
  if (checked.kind === 'refused') return checked;
  const { identity, answers } = checked;
  const initials = nameInitialsOf(identity.name);
  const version = input.version + 1;
  await keepFirstVersion(tx, actor, input.residentId);
  const updated = await tx
    .updateTable('resident')
    .set({
      name: identity.name,
      name_initials: initials.initials,
      name_initials_alt: initials.alternative,
      sex: identity.sex,
      birth_date: identity.birthDate,
      id_type: identity.idType,
      ...sealResident(sealsOf(tx), { ...identity, id: input.residentId, answers }),
      form_edition: currentEdition,
      version,
      updated_at: input.now,
    })
    .where('county_id', '=', actor.countyId)
    .where('id', '=', input.residentId)
    .where('version', '=', input.version)
    .returning('org_path')
    .executeTakeFirst();
  if (!updated) return explainNoUpdate(tx, actor, input.residentId);
  await insertRevision(tx, actor, {
    residentId: input.residentId,
    version,
    orgPath: updated.org_path,
    answers,
    reason: input.reason ?? null,
    now: input.now,
  });
  await recordAudit(tx, actor, { action: 'resident.update', residentId: input.residentId, now: input.now });
  return { residentId: input.residentId, version };
}

/** A record that came with a bulk load has no revision yet: the version about to be replaced is kept first. */
async function keepFirstVersion(tx: Transaction<Tables>, actor: Actor, residentId: string): Promise<void> {
  await sql`
    insert into resident_revision (county_id, resident_id, version, org_path, form_edition, personal_information,
      changed_at, changed_by, reason)
    select county_id, id, version, org_path, form_edition, personal_information, updated_at, created_by, null
    from resident where county_id = ${actor.countyId} and id = ${residentId}::uuid
    on conflict do nothing`.execute(tx);
}

/** Not there, or changed by somebody since: then the latest answers come along, so that both can be compared. */
async function explainNoUpdate(tx: Transaction<Tables>, actor: Actor, residentId: string): Promise<Refused> {
  const current = await tx
    .selectFrom('resident')
    .select(['id', 'version', 'personal_information'])
    .where('county_id', '=', actor.countyId)
    .where('id', '=', residentId)
    .executeTakeFirst();
  if (!current) return refused('not-found');
  return refused('stale-version', {
    extra: { version: current.version, answers: current.personal_information },
  });
}

async function insertRevision(
  tx: Transaction<Tables>,
  actor: Actor,
  revision: {
    residentId: string;
    version: number;
    orgPath: string;
    answers: Readonly<Record<string, unknown>>;
    reason: string | null;
    now: Date;
  },
): Promise<void> {
  await tx
    .insertInto('resident_revision')
    .values({
      county_id: actor.countyId,
      resident_id: revision.residentId,
      version: revision.version,
      org_path: revision.orgPath,
      form_edition: currentEdition,
      personal_information: JSON.stringify(
        sealsOf(tx).answers('resident', revision.residentId, revision.answers),
      ),
      changed_at: revision.now,
      changed_by: actor.staffId,
      reason: revision.reason,
    })
    .execute();
}

/**
 * Files a resident from a roster: only what the roster says, so that the form is incomplete until somebody fills it in.
 * The village and the identity number were checked by the caller.
 */
export async function insertImportedResident(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    residentId: string;
    person: {
      name: string;
      sex: '1' | '2';
      birthDate: PlainDate;
      idNo: string;
      phone: string | null;
      address: string | null;
      organizationId: string;
      orgPath: string;
      answers: Readonly<Record<string, unknown>>;
    };
    now: Date;
  },
): Promise<{ kind: 'filed'; archiveNo: string } | Refused> {
  const { person } = input;
  const organization = await tx
    .selectFrom('organization')
    .select('region_code')
    .where('county_id', '=', actor.countyId)
    .where('id', '=', person.organizationId)
    .executeTakeFirst();
  if (!organization) return refused('not-found');
  const archiveNo = await takeArchiveNumber(tx, actor.countyId, organization.region_code);
  if (archiveNo === undefined) return refused('busy', { detail: '该村的档案编码已用完，请联系管理员。' });
  const answers = {
    ...person.answers,
    name: person.name,
    gender: person.sex,
    birthDate: person.birthDate,
    idType: '01',
    idNo: person.idNo,
    ...(person.phone === null ? {} : { phone: person.phone }),
    ...(person.address === null ? {} : { currentAddress: person.address }),
  };
  const initials = nameInitialsOf(person.name);
  await tx
    .insertInto('resident')
    .values({
      county_id: actor.countyId,
      id: input.residentId,
      organization_id: person.organizationId,
      org_path: person.orgPath,
      archive_no: archiveNo,
      name: person.name,
      name_initials: initials.initials,
      name_initials_alt: initials.alternative,
      sex: person.sex,
      birth_date: person.birthDate,
      id_type: '01',
      ...sealResident(sealsOf(tx), { ...person, id: input.residentId, idType: '01', answers }),
      form_edition: currentEdition,
      created_at: input.now,
      created_by: actor.staffId,
      updated_at: input.now,
    })
    .execute();
  await insertRevision(tx, actor, {
    residentId: input.residentId,
    version: 1,
    orgPath: person.orgPath,
    answers,
    reason: '花名册导入',
    now: input.now,
  });
  await recordAudit(tx, actor, { action: 'resident.import', residentId: input.residentId, now: input.now });
  return { kind: 'filed', archiveNo };
}
