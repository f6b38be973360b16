-- How often what an application got was checked, by grant and day (the second at which the day begins in UTC), when last and who asked then:
-- `door` is introspection, userinfo or tokeninfo, `client_id` the service that introspected.

create table grant_uses (
    grant_id text not null references grants (id) on delete cascade,
    day bigint not null,
    uses bigint not null,
    last_at bigint not null,
    door text not null,
    client_id text,
    primary key (grant_id, day)
);
create index grant_uses_by_day on grant_uses (day);

-- Since when that is counted: one row, which the first server of this version writes.
create table grant_uses_since (
    place bigint primary key,
    since bigint not null
);
