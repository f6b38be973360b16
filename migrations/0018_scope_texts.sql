-- What a scope can do at its worst (reads, changes, away; null: nobody has said), and its sentences in single languages. `scopes.title`
-- and `scopes.description` go on for every language that has none of its own.

alter table scopes add column risk text;

update scopes set risk = 'reads' where name in ('openid', 'profile', 'email', 'address', 'phone', 'introspect');
update scopes set risk = 'away' where name = 'offline_access';

create table scope_texts (
    scope text not null,
    language text not null,
    title text not null,
    description text not null,
    primary key (scope, language)
);
