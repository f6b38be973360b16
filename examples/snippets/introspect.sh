curl -sS '{{issuer}}/oauth2/introspect' \
  -u "$CLIENT_ID:$CLIENT_SECRET" \
  -d "token=$TOKEN"
