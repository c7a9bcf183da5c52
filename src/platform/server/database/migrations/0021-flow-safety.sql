-- A self-test that shows danger stands first until somebody finds the person.
alter table self_test add column is_danger boolean not null default false;
comment on column self_test.is_danger is '读数达到危急值，排在最前｜L4';
drop index self_test_unclaimed;
create index self_test_unclaimed on self_test (county_id, organization_id, is_danger desc, taken_on desc, slip_no)
  where resident_id is null;
