-- A house's referrals, as they are listed: those that go on by urgency and how long they wait, those that ended the latest
-- first. A village has those of its own residents.
create index referral_request_to_open on referral_request (county_id, to_organization_id,
    (case urgency when 'emergency' then 0 when 'soon' then 1 else 2 end), requested_at, id)
  where status in ('requested','accepted','arrived');
create index referral_request_to_done on referral_request (county_id, to_organization_id, requested_at desc, id desc)
  where status not in ('requested','accepted','arrived');
create index referral_request_from_open on referral_request (county_id, from_organization_id,
    (case urgency when 'emergency' then 0 when 'soon' then 1 else 2 end), requested_at, id)
  where status not in ('taken-on','withdrawn');
create index referral_request_from_done on referral_request (county_id, from_organization_id, requested_at desc, id desc)
  where status in ('taken-on','withdrawn');
create index referral_request_of_village on referral_request (county_id, org_path, requested_at desc, id desc);
