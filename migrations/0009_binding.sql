-- What tokens are bound to: `resources` are the addresses that they are for (RFC 8707), `key_thumbprint` is the key without which they are
-- worth nothing (RFC 9449 §6.1). Null: to nothing.

alter table authorization_codes add column resources text;
alter table authorization_codes add column key_thumbprint text;
alter table access_tokens add column resources text;
alter table access_tokens add column key_thumbprint text;
alter table refresh_tokens add column resources text;
alter table refresh_tokens add column key_thumbprint text;

-- Services that say in what form they want access tokens: `opaque`, or `jwt` (RFC 9068).
create table services (
    resource text primary key,
    name text not null,
    format text not null,
    created_at bigint not null
);

-- When what is told of a person last changed; null: not since the account was made.
alter table users add column updated_at bigint;
