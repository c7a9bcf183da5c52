-- A plan made at the one-stop centre says what a person takes now: the phone of the village doctor gets it at once.
create trigger touch_resident after insert or update on care_plan for each row
  when (current_setting('app.bulk_load', true) is distinct from 'on') execute function touch_resident();
