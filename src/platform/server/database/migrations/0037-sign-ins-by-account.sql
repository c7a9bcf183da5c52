-- A sign-in is written before anybody is signed in: the account at the door is what the entry is about, and is looked for by it.
create index audit_entry_before_sign_in on audit_entry (county_id, subject) where staff_id is null;
