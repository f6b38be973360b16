curl -sS '{{issuer}}/oauth2/tokeninfo' \
  -H "Authorization: Bearer $TOKEN"
