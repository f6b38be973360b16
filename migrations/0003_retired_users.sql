-- The numbers of deleted accounts: a number that one person had must never come to mean another, wherever services kept it.
create table retired_users (
    id bigint primary key,
    retired_at bigint not null
);

-- Deleting an account must not search whole tables while every other write waits.
create index grants_by_user on grants (user_id);
create index authorization_codes_by_user on authorization_codes (user_id);
