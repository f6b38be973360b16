-- A signing key that leaked is withdrawn: from this moment on it neither signs nor is published nor believed.

alter table signing_keys add column withdrawn_at bigint;

-- 1: the user's password bought it, and it ends with that password. Null: something else did, or it was issued before this was noted.
alter table access_tokens add column by_password bigint;
