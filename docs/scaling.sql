-- Fills an empty database with 100 000 rows of each large table, as they are in life (docs/scaling.md):
-- sqlite3 data/jeton.db < docs/scaling.sql

pragma synchronous = off;
begin;

create temp table n as
    with recursive n (i) as (select 0 union all select i + 1 from n where i < 99999)
    -- An id is 26 characters, of which the first are the time: fifty a second.
    select i, 1800000000 + i / 50 as at, printf('%08x', 1800000000 + i / 50) || substr(lower(hex(randomblob(9))), 1, 18) as id from n;

insert into users (id, username, password_hash, access, allowed_scope, administrator, claims, created_at, password_changed_at)
    select i + 1, printf('person%06d', i + 1), '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$' || substr(hex(randomblob(22)), 1, 43),
        'full', '', 0, '{}', at, at from n;

insert into clients (id, name, description, kind, first_party, require_pkce, grant_types, optional_scope, post_logout_redirect_uris,
        created_at, version)
    select id, 'Photo Printer', '', 'confidential', 0, 1, 'authorization_code refresh_token', '', '', at, 1 from n where i < 20;

insert into grants (id, user_id, client_id, scope, granted_at, last_used_at)
    select n.id, n.i + 1, c.id, 'openid read', n.at, n.at from n join clients c on c.rowid = 1 + n.i % 20;

insert into access_tokens (token_hash, client_id, user_id, grant_id, family_id, scope, issued_at, expires_at)
    select lower(hex(randomblob(32))), client_id, user_id, id, id, 'openid read', granted_at, granted_at + 3600 from grants;

insert into refresh_tokens (token_hash, client_id, user_id, grant_id, family_id, scope, issued_at, expires_at, auth_time, session_id)
    select lower(hex(randomblob(32))), client_id, user_id, id, id, 'openid read', granted_at, granted_at + 2592000, granted_at, id from grants;

insert into authorization_codes (code_hash, client_id, user_id, grant_id, family_id, redirect_uri, scope, challenge, nonce, auth_time,
        attempts, issued_at, expires_at, spent_at, session_id)
    select lower(hex(randomblob(32))), client_id, user_id, id, id, 'https://printer.example/callback', 'openid read',
        substr(hex(randomblob(22)), 1, 43), substr(hex(randomblob(11)), 1, 22), granted_at, 0, granted_at, granted_at + 60, granted_at + 1, id
    from grants;

insert into sessions (key_hash, id, user_id, data, address, user_agent, signed_in_at, last_seen_at, expires_at, name)
    select lower(hex(randomblob(32))), id, i + 1,
        printf('{"person":{"user_id":%d,"auth_time":%d,"password_changed_at":%d,"address":"203.0.113.7","user_agent":"%s"}}',
            i + 1, at, at, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'),
        '203.0.113.7', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', at, at, at + 1209600, id from n;

insert into permanent_tokens (id, token_hash, user_id, name, scope, hint, form_id, created_at)
    select id, lower(hex(randomblob(32))), i + 1, 'Nightly build', 'read', 'a1B2', lower(hex(randomblob(16))), at from n;

commit;
