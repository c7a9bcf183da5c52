-- A verdict's clause and certainty are texts of their own, the doctor's answers to a checkup's conclusions too: what was
-- one object of four keys is the list of reasons, kept as it was said: it is read whole and never searched. Screening of
-- the demo county had kept the bare list, without a clause.
alter table verdict add column clause text, add column certainty text, add column decisions jsonb;
alter table verdict no force row level security;
update verdict set clause = coalesce(reasons ->> 'clause', ''), certainty = coalesce(reasons ->> 'certainty', 'uncertain'),
  decisions = reasons -> 'decisions', reasons = coalesce(reasons -> 'reasons', reasons);
alter table verdict force row level security;
alter table verdict alter column clause set not null, alter column certainty set not null,
  alter column reasons type json using reasons::json;
comment on column verdict.clause is '依据的条款｜L1';
comment on column verdict.certainty is '条款的可靠程度｜L1';
comment on column verdict.decisions is '医生对体检结论的取舍｜L4';
