-- Those who are owed a service are listed village by village: the overdue of a place are read from its own index, however
-- many contracts stand around them.
create index contract_overdue_of_place on contract (county_id, org_path, next_due_on)
  where ended_on is null or end_reason = 'renewed';
