-- OpenID Connect: what ID tokens and userinfo say is kept with what was issued. `claims` is the parameter of that name (JSON).

alter table clients add column id_token_alg text;

alter table authorization_codes add column session_id text;
alter table authorization_codes add column claims text;

alter table access_tokens add column claims text;

alter table refresh_tokens add column auth_time bigint;
alter table refresh_tokens add column session_id text;
alter table refresh_tokens add column claims text;

-- An operator who has a scope of one of these names keeps it.
insert into scopes (name, title, description, created_at) values
    ('openid', 'Know who you are', 'Your user number, which is the same each time', 0),
    ('profile', 'See your name and picture', 'Name, user name, picture, web pages, gender, date of birth, time zone and language, as far as your account has them', 0),
    ('email', 'See your e-mail address', '', 0),
    ('address', 'See your postal address', '', 0),
    ('phone', 'See your telephone number', '', 0),
    ('offline_access', 'Keep its access while you are away', '', 0)
on conflict (name) do nothing;
