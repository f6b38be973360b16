-- What an operator decides for a client: whether people are asked for their consent (`trusted`), when it may go without PKCE (`pkce`:
-- required, nonce-or-pkce; null: as the server has it), and whether its ID tokens tell of the person as userinfo does. Null is no.

alter table clients add column trusted bigint;
alter table clients add column pkce text;
alter table clients add column id_token_claims bigint;
