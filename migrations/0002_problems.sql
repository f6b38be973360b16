-- Failed requests of a client, for its owner to read: equal ones are one row. `sent` and `expected` hold no secret and at most 512
-- characters; `id` is derived from what makes two problems equal, under the server's key.

create table problems (
    id text primary key,
    client_id text not null references clients (id) on delete cascade,
    code text not null,
    fault text not null,
    parameter text not null,
    sent text,
    expected text,
    age bigint,
    lifetime bigint,
    by_owner bigint not null,
    times bigint not null,
    first_at bigint not null,
    last_at bigint not null
);
create index problems_by_client on problems (client_id, last_at);
create index problems_by_last on problems (last_at);
