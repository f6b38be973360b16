ui.initOAuth({
  clientId: '{{client_id}}',
{{scoped}}  scopes: '{{scope}}',
  usePkceWithAuthorizationCodeGrant: true,
});
