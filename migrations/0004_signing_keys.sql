-- The keys that sign ID tokens. `id` is the thumbprint of the public key (RFC 7638); `private_key` is PKCS #8 under AES-256-GCM, the key
-- derived from the server's secret key. When a key is retired and removed follows from when the next generation is active.

create table signing_keys (
    id text primary key,
    algorithm text not null,
    generation bigint not null,
    private_key text not null,
    created_at bigint not null,
    active_at bigint not null
);
-- Of two servers that make the same generation at once, one does.
create unique index signing_keys_line on signing_keys (algorithm, generation);
