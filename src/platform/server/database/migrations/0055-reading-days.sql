-- A glycated haemoglobin that a diabetes sheet dates before the visit was kept with the visit's day: it gets that of its
-- test. Phones of whoever it concerns get their documents once more, and the lists of examinations due of their places are
-- judged again. The walls are lifted for this one statement, which knows no county.
alter table measurement no force row level security;
alter table form_record no force row level security;
alter table change_feed no force row level security;
alter table examination_count no force row level security;
with said as (
  select county_id, id, occurred_on, answers ->> 'hba1cDate' as day from form_record
  where form = 'type-2-diabetes-follow-up'
    and answers ->> 'hba1cDate' ~ '^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'
), dated as (
  -- The 31st of a month of thirty days comes out as another day, which is not what was said.
  select said.*, make_date(left(day, 4)::int, substr(day, 6, 2)::int, 1) + substr(day, 9, 2)::int - 1 as own_day from said
), moved as (
  update measurement m set occurred_on = d.own_day from dated d
  where m.county_id = d.county_id and m.record_id = d.id and m.kind = 'hba1c' and m.occurred_on = d.occurred_on
    and d.own_day < d.occurred_on and to_char(d.own_day, 'YYYY-MM-DD') = d.day
  returning m.county_id, m.resident_id, m.org_path
), again as (
  update examination_count c set judged_on = c.judged_on - 1
  where (c.county_id, c.org_path) in (select county_id, org_path from moved)
)
insert into change_feed (county_id, xid, resident_id, org_path)
  select distinct county_id, pg_current_xact_id(), resident_id, org_path from moved
  on conflict do nothing;
alter table examination_count force row level security;
alter table change_feed force row level security;
alter table form_record force row level security;
alter table measurement force row level security;
