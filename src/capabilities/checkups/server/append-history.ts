import type { Transaction } from 'kysely';
import { checkPersonalInformation } from '#capabilities/residents/domain/check-personal-information.ts';
import { replacePersonalInformation } from '#capabilities/residents/server/public.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { type Refused, refused } from '#kernel/problem.ts';
import type { Actor } from '#platform/server/auth/actor.ts';
import type { Tables } from '#platform/server/database/tables.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';
import { mostPastDiseases, pastDiseaseRows, proposeHistory } from '../domain/propose-history.ts';

/** What a checkup found that the past history lacks, with the version of the archive it was compared with. */
export async function readHistoryProposals(tx: Transaction<Tables>, countyId: string, recordId: string) {
  const held = await holdCheckup(tx, countyId, recordId);
  if (!held) return undefined;
  const proposals = proposeHistory(held.answers, held.personal, held.occurredOn);
  return {
    residentId: held.residentId,
    version: held.version,
    proposals: proposals.map(({ key, label, row }) => ({
      key,
      label,
      diagnosedYm: row.diagnosedYm,
      text: row.text,
    })),
  };
}

/**
 * Appends what the doctor confirmed to the past history, as a correction of the personal information that names the
 * checkup as its source. A replay, or a disease written there meanwhile, changes nothing twice.
 */
export async function appendHistory(
  tx: Transaction<Tables>,
  actor: Actor,
  input: {
    readonly recordId: string;
    readonly version: number;
    readonly keys: readonly string[];
    readonly today: PlainDate;
    readonly now: Date;
  },
): Promise<{ residentId: string; version: number; added: number } | Refused> {
  const held = await holdCheckup(tx, actor.countyId, input.recordId);
  if (!held) return refused('not-found');
  if (held.isSuperseded)
    return refused('already-superseded', { detail: '这份体检表已更正，请在新的一份上确认。' });
  const chosen = proposeHistory(held.answers, held.personal, held.occurredOn).filter((one) =>
    input.keys.includes(one.key),
  );
  if (chosen.length === 0)
    return refused('illegal-move', { detail: '所选疾病已在既往史中，或不在这份体检表里。' });
  const rows = [...pastDiseaseRows(held.personal), ...chosen.map((one) => ({ ...one.row }))];
  if (rows.length > mostPastDiseases)
    return refused('illegal-move', { detail: `既往史最多 ${mostPastDiseases} 种疾病，请先整理。` });
  const edition = formEdition('personal-information', held.edition) ?? personalInformation2017;
  const saved = await replacePersonalInformation(tx, actor, {
    residentId: held.residentId,
    version: input.version,
    answers: { ...held.personal, pastDiseases: rows },
    // What already stood there was confirmed when it was written.
    confirmed: checkPersonalInformation(edition, held.personal, input.today).warnings.map(
      (one) => `${one.path}:${one.code}`,
    ),
    reason: `据 ${held.occurredOn} 健康体检补记既往史：${chosen.map((one) => one.label).join('、')}`,
    today: input.today,
    now: input.now,
  });
  if (!('kind' in saved)) return { ...saved, added: chosen.length };
  return saved.problem.code === 'invalid-input'
    ? refused('invalid-input', {
        detail: '个人基本信息表还有未填或有误的项目，请先打开档案补全，再确认。',
        issues: saved.problem.issues ?? [],
      })
    : saved;
}

interface Held {
  readonly residentId: string;
  readonly occurredOn: PlainDate;
  readonly answers: FormAnswers;
  readonly isSuperseded: boolean;
  readonly version: number;
  readonly edition: string;
  readonly personal: FormAnswers;
}

async function holdCheckup(
  tx: Transaction<Tables>,
  countyId: string,
  recordId: string,
): Promise<Held | undefined> {
  const row = await tx
    .selectFrom('form_record as f')
    .innerJoin('resident as r', (join) =>
      join.onRef('r.county_id', '=', 'f.county_id').onRef('r.id', '=', 'f.resident_id'),
    )
    .select(['f.occurred_on', 'f.answers', 'f.superseded_by', 'r.id', 'r.version', 'r.form_edition'])
    .select(['r.personal_information', 'f.id as record_id'])
    .where('f.county_id', '=', countyId)
    .where('f.id', '=', recordId)
    .where('f.form', '=', 'annual-checkup')
    .where('f.status', '=', 'complete')
    .executeTakeFirst();
  return (
    row && {
      residentId: row.id,
      occurredOn: row.occurred_on,
      answers: { ...row.answers },
      isSuperseded: row.superseded_by !== null,
      version: row.version,
      edition: row.form_edition,
      personal: { ...row.personal_information },
    }
  );
}
