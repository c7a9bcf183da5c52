-- What waits for this house comes before what is under way: unanswered ones where they were sent to, those declined, not
-- arrived or returned where they were sent from; then by urgency, then who waits longest.
drop index referral_request_to_open;
drop index referral_request_from_open;
create index referral_request_to_open on referral_request (county_id, to_organization_id,
    ((case status when 'requested' then 0 else 3 end) + (case urgency when 'emergency' then 0 when 'soon' then 1 else 2 end)),
    requested_at, id)
  where status in ('requested','accepted','arrived');
create index referral_request_from_open on referral_request (county_id, from_organization_id,
    ((case when status in ('requested','accepted','arrived') then 3 else 0 end)
      + (case urgency when 'emergency' then 0 when 'soon' then 1 else 2 end)),
    requested_at, id)
  where status not in ('taken-on','withdrawn');
