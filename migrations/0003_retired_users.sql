-- The numbers of deleted accounts: a number that one person had must never come to mean another, wherever services kept it.
create table retired_users (
    id bigint primary key,
    retired_at bigint not null
);
