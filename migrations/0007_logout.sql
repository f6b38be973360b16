-- The end of a session is told to the clients that know it (Back-Channel Logout). `name` is what they know it by (`sid`): it outlives
-- the cookie when the same person proves again who they are. A session from before this has none, and no ID token names it.

alter table sessions add column name text;
create index sessions_by_name on sessions (name);

-- Who got an ID token in a session.
create table session_clients (
    session_name text not null,
    client_id text not null references clients (id) on delete cascade,
    user_id bigint not null references users (id) on delete cascade,
    expires_at bigint not null,
    primary key (session_name, client_id)
);
create index session_clients_by_client on session_clients (client_id);
create index session_clients_by_user on session_clients (user_id);
create index session_clients_by_expiry on session_clients (expires_at);

-- Who is still to hear that a session ended. The user may be gone by then. Whoever tells a client moves `due_at` ahead first.
create table logout_notices (
    session_name text not null,
    client_id text not null references clients (id) on delete cascade,
    user_id bigint not null,
    attempts bigint not null,
    created_at bigint not null,
    due_at bigint not null,
    primary key (session_name, client_id)
);
create index logout_notices_by_client on logout_notices (client_id, due_at);
create index logout_notices_by_due on logout_notices (due_at);
create index logout_notices_by_age on logout_notices (created_at);

create index refresh_tokens_by_session on refresh_tokens (session_id);
