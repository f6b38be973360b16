-- What clients register beyond RFC 6749, as the JSON of RFC 7591; and the marks of signed tokens that count once.

alter table clients add column registration text;

create table spent_tokens (
    key_hash text primary key,
    expires_at bigint not null
);
create index spent_tokens_by_end on spent_tokens (expires_at);
