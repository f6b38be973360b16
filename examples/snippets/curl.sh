#!/bin/sh
# An access token with curl and openssl. Every library in the other examples does all this for you.
set -eu
issuer='{{issuer}}'
redirect_uri='{{redirect_uri}}'
verifier=$(openssl rand -hex 32)
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | openssl base64 | tr '+/' '-_' | tr -d '=')
state=$(openssl rand -hex 16)

echo 'Open this address, then paste the one that you come back with:'
echo "$issuer/oauth2/authorize?{{query}}&state=$state&code_challenge=$challenge&code_challenge_method=S256"
read -r answer
case "$answer" in *"state=$state"*) ;; *) echo 'This answer belongs to another request.' >&2; exit 1 ;; esac
code=$(printf %s "$answer" | sed -n 's/.*[?&]code=\([^&]*\).*/\1/p')

curl -sS "$issuer/oauth2/token" \
{{secret}}  -u '{{client_id}}':"$CLIENT_SECRET" \
{{public}}  --data-urlencode 'client_id={{client_id}}' \
  -d grant_type=authorization_code \
  -d "code=$code" \
  -d "code_verifier=$verifier" \
  --data-urlencode "redirect_uri=$redirect_uri"
