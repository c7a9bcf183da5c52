import { countDueDay } from '#capabilities/privacy/domain/count-due-day.ts';
import { valueOn } from '#kernel/dated.ts';
import { addDays } from '#kernel/plain-date.ts';
import { requestWorkingDays } from '#standards/privacy/privacy-parameters.ts';
import type { CountyFill } from './county-fill.ts';
import { madeId } from './made-id.ts';

/**
 * Some residents who refuse messages or agreed to research, and requests about their data as an office meets them: most
 * wait within their deadline, one is late.
 */
export async function fillPrivacy({ client, countyId, today }: CountyFill): Promise<void> {
  await client.query(
    `insert into consent_event (county_id, id, resident_id, org_path, purpose, deed, given_by, signer, means, on_day,
       recorded_at, recorded_by)
     select r.county_id, ${madeId("'consent ' || r.id")}, r.id, r.org_path,
       case when n % 3 = 0 then 'reminder-messages' when n % 3 = 1 then 'research' else 'smart-device' end,
       case when n % 3 = 0 then 'withdrawn' else 'given' end, 'self', r.name,
       case when n % 3 = 0 then 'spoken' else 'paper' end, $2::date - 20, $2::date - 20 + interval '2 hours', d.id
     ${somePeople(3)}`,
    [countyId, today],
  );
  await fillResearch({ client, countyId, today });
  // The deadline of a request received today, yesterday and so on.
  const dues = Array.from({ length: 31 }, (_, ago) => {
    const received = addDays(today, -ago);
    return countDueDay(received, valueOn(requestWorkingDays, received));
  });
  await client.query(
    `insert into privacy_request (county_id, id, resident_id, org_path, kind, about, asked_by, asker, received_on, due_on,
       recorded_at, recorded_by)
     select r.county_id, ${madeId("'request ' || r.id")}, r.id, r.org_path,
       (array['copy', 'correction', 'explanation', 'deletion'])[1 + n % 4],
       (array['要一份近两年的随访记录', '住址写错了，已经搬到三组', '想知道为什么把我分到红标', '不希望再留电话'])[1 + n % 4],
       'self', r.name, $2::date - received, ($3::date[])[1 + received], $2::date - received + interval '3 hours', d.id
     ${somePeople(1)} cross join lateral (select case when n = 1 then 30 else n % 12 end as received) x
     where n <= 12`,
    [countyId, today, dues],
  );
}

/** Managed people who agreed to research, and two extracts asked for, by two people of the bureau. */
async function fillResearch({ client, countyId, today }: Pick<CountyFill, 'client' | 'countyId' | 'today'>) {
  await client.query(
    `insert into consent_event (county_id, id, resident_id, org_path, purpose, deed, given_by, signer, means, on_day,
       recorded_at, recorded_by)
     select r.county_id, ${madeId("'research ' || r.id")}, r.id, r.org_path, 'research', 'given', 'self', r.name, 'paper',
       $2::date - 30, $2::date - 30 + interval '2 hours', d.id
     ${somePeople(
       60,
       `exists (select 1 from enrollment e where e.county_id = resident.county_id
       and e.resident_id = resident.id and e.closed_on is null)`,
     )}
     where n % 3 > 0`,
    [countyId, today],
  );
  await client.query(
    `insert into research_export (county_id, id, org_path, project, approval_no, recipient, level, requested_at, requested_by)
     select s.county_id, ${madeId("'research export ' || s.username")}, '/' || s.county_id || '/', x.project, x.approval, x.recipient, x.level,
       $2::date - x.ago + interval '2 hours', s.id
     from (values ('bureau', '县域高血压控制率与随访间隔的关系', '伦审2026-03', '省医学院公共卫生系 周教授', '3', 2),
       ('bureau2', '慢阻肺病与高血压合并管理现况', '伦审2026-05', '市疾控中心慢病所', '2', 1))
       x (username, project, approval, recipient, level, ago)
     join staff s on s.county_id = $1 and s.username = x.username`,
    [countyId, today],
  );
}

/** The first active people of every village with the doctor who looks after them, numbered through. */
const somePeople = (each: number, who = 'true') => `
  from (select q.*, row_number() over (order by org_path, id)::int as n
    from (select county_id, id, name, org_path, organization_id,
        row_number() over (partition by org_path order by id desc) as place
      from resident where county_id = $1 and status = 'active' and birth_date < $2::date - 7000 and ${who}) q where place <= ${each}) r
  join lateral (select id from staff where county_id = r.county_id and organization_id = r.organization_id
    and role = 'village-doctor' order by id limit 1) d on true`;
