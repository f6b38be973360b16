-- Tokens without a person or without a grant need no place in the indexes by which those of a person or a grant are found.
drop index access_tokens_by_user;
create index access_tokens_by_user on access_tokens (user_id) where user_id is not null;
drop index access_tokens_by_grant;
create index access_tokens_by_grant on access_tokens (grant_id) where grant_id is not null;
drop index refresh_tokens_by_session;
create index refresh_tokens_by_session on refresh_tokens (session_id) where session_id is not null;
