-- A person who moves takes along the place of every row about them; what was written on a campaign's list stays as it was.
grant update (org_path) on campaign_attempt to quancheng_app;
