# Permanent tokens: the list.

tokens-lead = Permanent tokens let scripts act as you. Treat them like passwords.
tokens-new = New permanent token
tokens-table = Permanent tokens
tokens-empty = No permanent tokens yet
tokens-empty-text = Create one to let a script or a command-line tool use the API as you.
tokens-none-found = No token has this name
tokens-clear = Clear filters
tokens-find-label = Find a token by name
tokens-find = Find
tokens-name = Name
tokens-scopes = Scopes
tokens-last-used = Last used
tokens-created = Created
tokens-actions = Actions
tokens-rename = Rename
tokens-revoke = Revoke
tokens-lost-scopes = Some scopes no longer work
tokens-idle = Not used for 90 days
tokens-inactive = Recently revoked and expired ({ $count })
tokens-inactive-table = Recently revoked and expired tokens
tokens-state = State
tokens-revoked = Revoked
tokens-was-created = Token “{ $name }” created
tokens-was-revoked = Token “{ $name }” revoked
tokens-was-renamed = Token renamed to “{ $name }”
scopes-more = +{ $count } more

# Permanent tokens: the dialogs.

token-name-hint = What will use it? For example “backup script”.
token-scope = Scope
token-scope-hint = What the token may do. Type a scope or choose one, then add it.
token-none-added = None added yet.
token-remove-scope = Remove { $scope }
token-create = Create
token-not-created = We could not create the token. Nothing was created.
token-created = Token created
token-once = Copy this token now. It will not be shown again.
token-in-list = It is in your list as “{ $name }”.
token-value = Token value
token-copy = Copy token value
token-copy-call = Copy command
token-copied = Token value copied
token-call-copied = Command copied
token-try = Try it
token-done = Done
token-already-created = This token was already created. Its value cannot be shown again. Revoke it and create another.
token-rename-title = Rename “{ $name }”
token-not-renamed = We could not rename it. It has its old name. Try again.
token-revoke-question = Revoke “{ $name }”?
token-revoke-text = Anything that uses this token will stop working. This cannot be undone.
token-not-revoked = We could not revoke it. It still works. Try again.
