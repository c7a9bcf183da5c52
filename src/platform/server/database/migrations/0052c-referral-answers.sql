-- What the receiving house sends back with the person: the national slip, in the edition it was written on. It stands with the
-- referral, so that the house that wrote it and the one that goes on read the same.
alter table referral_request add column back jsonb, add column back_edition text,
  add constraint referral_request_back check ((back is null) = (back_edition is null)
    and (status not in ('returned','taken-on') or back is not null));
comment on column referral_request.back is '双向转诊单（回转）的内容｜L4';
comment on column referral_request.back_edition is '回转单的表单版本｜L1';
grant update (back, back_edition) on referral_request to quancheng_app;
