-- Refusals that stand, by the day to ask again: read at the head of every day's work.
create index resident_status_event_to_ask on resident_status_event (county_id, (detail ->> 'reviewOn'), id)
  where kind = 'refused' and undone_by_id is null;
