-- Authorization requests that clients pushed (RFC 9126), or that were fetched for them, as the query that they would have been.
-- `key_hash` is that of the secret part of their request_uri. Completed: a code was issued, or a denial sent.

create table pushed_requests (
    key_hash text primary key,
    client_id text not null references clients (id) on delete cascade,
    request text not null,
    expires_at bigint not null,
    completed_at bigint
);
create index pushed_requests_by_end on pushed_requests (expires_at);
create index pushed_requests_by_client on pushed_requests (client_id);
