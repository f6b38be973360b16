-- Which database this is, and under which secret key: a random name, and its MAC. One row; an existing database gets it at its next start.
create table identity (
    place bigint not null primary key,
    id text not null,
    mac text not null
);
