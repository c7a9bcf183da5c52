-- A hospital may send somebody back to the house that manages them instead of the one that sent them. That house sees the
-- referral because the person is its own: no wall moves.
alter table referral_request add column back_to_organization_id uuid,
  add foreign key (county_id, back_to_organization_id) references organization (county_id, id),
  add constraint referral_request_back_to check (back_to_organization_id is null or back is not null);
comment on column referral_request.back_to_organization_id is '回转到的机构；空为转出机构｜L3';
grant update (back_to_organization_id) on referral_request to quancheng_app;
create index referral_request_back_to on referral_request (county_id, back_to_organization_id) where back_to_organization_id is not null;
