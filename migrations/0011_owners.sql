-- Tokens without a person, a grant or a session need no place in the indexes by which those of one are found. The new ones are made before the
-- old ones go, so that servers that still run can read meanwhile.
create index access_tokens_of_people on access_tokens (user_id) where user_id is not null;
create index access_tokens_of_grants on access_tokens (grant_id) where grant_id is not null;
create index refresh_tokens_of_sessions on refresh_tokens (session_id) where session_id is not null;
drop index access_tokens_by_user;
drop index access_tokens_by_grant;
drop index refresh_tokens_by_session;
