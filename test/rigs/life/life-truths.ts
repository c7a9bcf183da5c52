import type { TestServer } from '#test/support/server.ts';

/**
 * What is true of people whatever was done to their records, each as a statement that lists whom it is broken for. They
 * read the rows past the server and share no code with it.
 */
const truths: readonly { readonly name: string; readonly broken: string }[] = [
  {
    name: 'an identity number has one record that is not merged away',
    broken: `select string_agg(r.id::text, ',') as about from resident r where r.status <> 'closed' and r.identity_index in
      (select identity_index from resident where id = any($1::uuid[]) and identity_index is not null)
      group by r.identity_index having count(*) > 1`,
  },
  {
    name: 'a record that was merged away stays closed until the merge is undone, and only such a record is closed',
    broken: `select r.id::text as about from resident r where r.id = any($1::uuid[]) and (r.status = 'closed') <>
      exists (select 1 from record_merge m where m.removed_id = r.id and m.status = 'merged')`,
  },
  {
    name: 'nothing is open about somebody whose record has ended',
    broken: `select r.id::text || ' ' || x.what as about from resident r cross join lateral (
        select 'enrollment' as what from enrollment e where e.resident_id = r.id and e.closed_on is null
        union all select 'task' from follow_up_task t where t.resident_id = r.id and t.closed_at is null
        union all select 'contract' from contract c where c.resident_id = r.id and c.ended_on is null and r.status <> 'lost'
        union all select 'appointment' from appointment a where a.resident_id = r.id and a.status = 'booked' and r.status <> 'lost'
        union all select 'course' from condition_episode p where p.resident_id = r.id and p.state <> 'closed'
          and r.status in ('dead', 'moved')) x
      where r.id = any($1::uuid[]) and r.status <> 'active'`,
  },
  {
    name: 'nobody was visited after their death',
    broken: `select r.id::text || ' ' || f.occurred_on as about from resident r join form_record f on f.resident_id = r.id
      where r.id = any($1::uuid[]) and r.status = 'dead' and f.form like '%-follow-up' and f.superseded_by is null
        and f.status = 'complete' and f.occurred_on > r.status_on`,
  },
  {
    name: 'a record is dead exactly when its last ending that stands is a death',
    broken: `select r.id::text as about from resident r left join lateral (select kind from resident_status_event v
        where v.resident_id = r.id and v.undone_by_id is null and v.undoes_id is null and v.kind <> 'refused'
        order by v.recorded_at desc, v.id desc limit 1) last on true
      where r.id = any($1::uuid[]) and r.status <> 'closed' and coalesce(last.kind, 'active') <> r.status`,
  },
  {
    name: 'each programme that is open has one open task, and none that is closed has any',
    broken: `select e.id::text as about from enrollment e where e.resident_id = any($1::uuid[]) and
      (select count(*) from follow_up_task t where t.enrollment_id = e.id and t.closed_at is null)
        <> case when e.closed_on is null then 1 else 0 end`,
  },
  {
    name: 'everything about a person lies where the person does',
    broken: `select r.id::text || ' ' || x.what as about from resident r cross join lateral (
        select 'enrollment' as what from enrollment e where e.resident_id = r.id and e.org_path <> r.org_path
        union all select 'sheet' from form_record f where f.resident_id = r.id and f.org_path <> r.org_path
        union all select 'task' from follow_up_task t where t.resident_id = r.id and t.org_path <> r.org_path
        union all select 'year' from management_year m where m.resident_id = r.id and m.org_path <> r.org_path
        union all select 'course' from condition_episode p where p.resident_id = r.id and p.org_path <> r.org_path) x
      where r.id = any($1::uuid[])`,
  },
  {
    name: 'the counted year is what the events make of it',
    broken: `with last as (
        select distinct on (e.resident_id) e.* from enrollment e where e.resident_id = any($1::uuid[])
          and e.program = 'hypertension' order by e.resident_id, (e.closed_on is null) desc, e.enrolled_on desc, e.created_at desc, e.id desc),
      want as (
        select l.resident_id, l.close_reason is distinct from 'wrong-diagnosis' as managed, (
          select max(f.occurred_on) from form_record f where f.resident_id = l.resident_id and f.superseded_by is null
            and f.form = 'hypertension-follow-up' and f.status = 'complete' and l.close_reason is distinct from 'wrong-diagnosis'
            and f.occurred_on between l.enrolled_on and coalesce(l.closed_on, '2026-11-24')) as last_on
        from last l)
      select coalesce(w.resident_id, m.resident_id)::text || ' ' || coalesce(w.managed::text, '-') || '/' || coalesce(m.managed::text, '-')
          || ' ' || coalesce(w.last_on::text, '-') || '/' || coalesce(m.last_visit_on::text, '-') as about
      from want w full join (select * from management_year where year = 2026 and program = 'hypertension'
        and resident_id = any($1::uuid[])) m on m.resident_id = w.resident_id
      where w.managed is distinct from m.managed or w.last_on is distinct from m.last_visit_on`,
  },
];

/** Names the truths that do not hold of these people, with whom. */
export async function findBroken(server: TestServer, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return [];
  const found = await server.look<{ truth: number; about: string | null }>(
    truths
      .map((one, index) => `select ${index}::int as truth, about from (${one.broken}) t${index}`)
      .join(' union all '),
    [[...people]],
  );
  return found.map((row) => `${truths[row.truth]?.name}: ${row.about}`);
}
