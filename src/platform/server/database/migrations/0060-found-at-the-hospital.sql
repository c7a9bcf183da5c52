-- A hospital sends down somebody whom it found itself: there was no referral before, and nobody at the hospital knows of a
-- record. Until the house they wish for links its own record to it, such a referral belongs to no resident and no place:
-- the wall shows it to the hospital that sent it and to the house it was sent to.
alter table referral_request alter column resident_id drop not null, alter column org_path drop not null,
  add column is_found boolean not null default false,
  add constraint referral_request_person check ((resident_id is null) = (org_path is null) and (is_found or resident_id is not null)),
  add constraint referral_request_found check (not is_found or (back is not null and to_organization_id is not null));
comment on column referral_request.is_found is '医院自己发现、直接下转，之前没有转诊｜L3';
comment on column referral_request.resident_id is '居民内部编号；医院直接下转、接收机构还没有对上档案的为空｜L3';

-- Phones carry residents: what is nobody's yet reaches none.
drop trigger touch_resident on referral_request;
create trigger touch_resident after insert or update on referral_request for each row
  when (current_setting('app.bulk_load', true) is distinct from 'on' and new.resident_id is not null)
  execute function touch_resident();

-- Whether this hospital sent the same person down before.
create index referral_request_found_by on referral_request (county_id, from_organization_id)
  where is_found and status in ('requested','accepted');
