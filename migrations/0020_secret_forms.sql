-- The form that asked for a secret: sent twice, it makes one. Null for a secret that no form asked for.

alter table client_secrets add column form_id text;
