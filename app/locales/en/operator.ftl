# What the command line says. It speaks English alone; the pages may come to say some of it too.

exists-already = It exists already
setup-done = There is an administrator already; make another with: jeton user add NAME --admin --password-stdin
scope-characters = A scope is 1 to 200 visible ASCII characters without spaces, quotes and backslashes
scope-exists = There is a scope { $scope } already
scope-stays = The scope { $scope } belongs to Jeton itself and stays
scope-missing-operator = There is no scope "{ $scope }"; see jeton scope add
client-exists = There is a client { $id } already
client-without-secret = The client { $id } is public and has no secret
client-id-characters = A client id is 1 to 200 visible ASCII characters without spaces
client-secret-characters = A client secret is 1 to 200 visible ASCII characters
client-with-key = The client { $id } proves itself with its keys and has no secret
client-public-secret = A public client has no secret
client-key-secret = A client that proves itself with its keys has no secret
client-public-pkce = A public client always uses PKCE
client-public-credentials = A public client cannot use client_credentials: it has no secret
client-code-uri = authorization_code needs a redirect URI
client-no-grant = Name at least one grant type
client-jwks = The keys are no JWK set of public RSA, P-256 or Ed25519 keys
client-jwks-twice = Name the keys or where they are, not both
client-needs-jwks = private_key_jwt needs the client's public keys
client-objects-need-jwks = Signed requests need the client's public keys
client-public-method = A public client does not authenticate
client-fapi-method = The FAPI profile needs private_key_jwt
client-request-uris = Name at most 20 addresses of request objects
client-https = Keys, request objects and logout notices need an https address without user name and fragment
