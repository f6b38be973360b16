-- One schema for SQLite and PostgreSQL: only `text` and `bigint`. Times are seconds since 1970 UTC; a null `…_at` has not happened.
-- Secrets stand here only as SHA-256 (lower-case hex); sets of scope tokens as RFC 6749 §3.3 writes them, separated by spaces.

create table scopes (
    name text primary key,
    title text not null,
    description text not null,
    created_at bigint not null
);

create table users (
    id bigint primary key,
    username text not null unique,
    password_hash text not null,
    access text not null,
    allowed_scope text not null,
    administrator bigint not null,
    email text,
    given_name text,
    family_name text,
    claims text not null,
    created_at bigint not null,
    password_changed_at bigint not null,
    disabled_at bigint
);

create table clients (
    id text primary key,
    name text not null,
    description text not null,
    kind text not null,
    first_party bigint not null,
    require_pkce bigint not null,
    grant_types text not null,
    scope text,
    optional_scope text not null,
    post_logout_redirect_uris text not null,
    owner_id bigint references users (id),
    form_id text unique,
    created_at bigint not null,
    disabled_at bigint,
    version bigint not null
);
create index clients_by_owner on clients (owner_id);

create table client_redirect_uris (
    client_id text not null references clients (id) on delete cascade,
    position bigint not null,
    uri text not null,
    primary key (client_id, position)
);

create table client_secrets (
    secret_hash text primary key,
    client_id text not null references clients (id) on delete cascade,
    hint text not null,
    created_at bigint not null,
    expires_at bigint
);
create index client_secrets_by_client on client_secrets (client_id);

-- What a user allowed a client. Codes and tokens hang on it: revoking it ends them all and forgets the consent.
create table grants (
    id text primary key,
    user_id bigint not null references users (id) on delete cascade,
    client_id text not null references clients (id) on delete cascade,
    scope text not null,
    granted_at bigint not null,
    last_used_at bigint,
    revoked_at bigint
);
create unique index grants_live on grants (user_id, client_id) where revoked_at is null;
create index grants_by_client on grants (client_id);

create table authorization_codes (
    code_hash text primary key,
    client_id text not null references clients (id) on delete cascade,
    user_id bigint not null references users (id) on delete cascade,
    grant_id text not null references grants (id) on delete cascade,
    family_id text not null,
    redirect_uri text,
    scope text not null,
    challenge text,
    nonce text,
    auth_time bigint not null,
    attempts bigint not null,
    issued_at bigint not null,
    expires_at bigint not null,
    spent_at bigint
);
create index authorization_codes_by_client on authorization_codes (client_id);
create index authorization_codes_by_grant on authorization_codes (grant_id);
create index authorization_codes_by_expiry on authorization_codes (expires_at);

-- A family is everything that one authorization issued: one code, or one password or client credentials request.
create table access_tokens (
    token_hash text primary key,
    client_id text references clients (id) on delete cascade,
    user_id bigint references users (id) on delete cascade,
    grant_id text references grants (id) on delete cascade,
    family_id text not null,
    scope text not null,
    issued_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint
);
create index access_tokens_by_family on access_tokens (family_id);
create index access_tokens_by_user on access_tokens (user_id);
create index access_tokens_by_client on access_tokens (client_id);
create index access_tokens_by_grant on access_tokens (grant_id);
create index access_tokens_by_expiry on access_tokens (expires_at);

create table refresh_tokens (
    token_hash text primary key,
    client_id text not null references clients (id) on delete cascade,
    user_id bigint not null references users (id) on delete cascade,
    grant_id text not null references grants (id) on delete cascade,
    family_id text not null,
    scope text not null,
    issued_at bigint not null,
    expires_at bigint not null,
    spent_at bigint,
    revoked_at bigint
);
create index refresh_tokens_by_family on refresh_tokens (family_id);
create index refresh_tokens_by_user on refresh_tokens (user_id);
create index refresh_tokens_by_client on refresh_tokens (client_id);
create index refresh_tokens_by_grant on refresh_tokens (grant_id);
create index refresh_tokens_by_expiry on refresh_tokens (expires_at);

create table permanent_tokens (
    id text primary key,
    token_hash text not null unique,
    user_id bigint not null references users (id) on delete cascade,
    name text not null,
    scope text not null,
    hint text not null,
    form_id text unique,
    created_at bigint not null,
    last_used_at bigint,
    last_used_from text,
    revoked_at bigint
);
create index permanent_tokens_by_user on permanent_tokens (user_id, created_at);

create table sessions (
    key_hash text primary key,
    id text not null unique,
    user_id bigint references users (id) on delete cascade,
    data text not null,
    address text not null,
    user_agent text not null,
    signed_in_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);

create table sign_in_failures (
    key text primary key,
    failures bigint not null,
    ends_at bigint not null
);

create table setup_links (
    token_hash text primary key,
    expires_at bigint not null,
    spent_at bigint
);

insert into scopes (name, title, description, created_at)
values ('introspect', 'Check whether tokens are valid', '', 0);
