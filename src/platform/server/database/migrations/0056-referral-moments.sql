-- When a referral first came to each state, on the referral itself: figures read one row a referral, not its steps. They are
-- written with the step, whichever program writes it. The walls are lifted for the one statement, which knows no county.
alter table referral_request
  add column accepted_at timestamptz,
  add column arrived_at timestamptz,
  add column returned_at timestamptz,
  add column taken_on_at timestamptz;
comment on column referral_request.accepted_at is '接收方接受的时间｜L3';
comment on column referral_request.arrived_at is '到位的时间｜L3';
comment on column referral_request.returned_at is '回转的时间｜L3';
comment on column referral_request.taken_on_at is '转出方确认接续的时间｜L3';
grant update (accepted_at, arrived_at, returned_at, taken_on_at) on referral_request to quancheng_app;

alter table referral_request no force row level security;
alter table referral_step no force row level security;
update referral_request q set accepted_at = s.accepted_at, arrived_at = s.arrived_at, returned_at = s.returned_at,
    taken_on_at = s.taken_on_at
  from (select county_id, referral_id,
      min(at) filter (where state = 'accepted') as accepted_at, min(at) filter (where state = 'arrived') as arrived_at,
      min(at) filter (where state = 'returned') as returned_at, min(at) filter (where state = 'taken-on') as taken_on_at
    from referral_step group by county_id, referral_id) s
  where s.county_id = q.county_id and s.referral_id = q.id
    and coalesce(s.accepted_at, s.arrived_at, s.returned_at, s.taken_on_at) is not null;
alter table referral_step force row level security;
alter table referral_request force row level security;

create function note_referral_moment() returns trigger language plpgsql as $$
begin
  update referral_request q set
    accepted_at = case when new.state = 'accepted' then coalesce(q.accepted_at, new.at) else q.accepted_at end,
    arrived_at = case when new.state = 'arrived' then coalesce(q.arrived_at, new.at) else q.arrived_at end,
    returned_at = case when new.state = 'returned' then coalesce(q.returned_at, new.at) else q.returned_at end,
    taken_on_at = case when new.state = 'taken-on' then coalesce(q.taken_on_at, new.at) else q.taken_on_at end
    where q.county_id = new.county_id and q.id = new.referral_id;
  return null;
end $$;
create trigger note_referral_moment after insert on referral_step for each row
  when (new.state in ('accepted','arrived','returned','taken-on')) execute function note_referral_moment();

-- The referrals of a county sent in a period.
create index referral_request_by_day on referral_request (county_id, requested_at, id);
