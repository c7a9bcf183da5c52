-- A sheet's answers are kept as they were written: they are read whole far more often than looked into, and PostgreSQL
-- takes a json in without building anything. What is looked into often stands in rows of its own (measurement, verdict).
alter table form_record alter column answers type json using answers::json;
