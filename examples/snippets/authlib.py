# pip install Authlib requests
import json
import os

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

{{http}}os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # Plain http: on this machine only.
server = requests.get('{{issuer}}/.well-known/oauth-authorization-server', timeout=10).json()
client = OAuth2Session(
    '{{client_id}}',
{{secret}}    os.environ["CLIENT_SECRET"],
{{public}}    token_endpoint_auth_method="none",
    redirect_uri='{{redirect_uri}}',
{{scoped}}    scope='{{scope}}',
    code_challenge_method="S256",
)

verifier = generate_token(48)
address, state = client.create_authorization_url(server["authorization_endpoint"], code_verifier=verifier)
print(f"Open this address, then paste the one that you come back with:\n{address}", flush=True)
answer = input()
tokens = client.fetch_token(
    server["token_endpoint"], authorization_response=answer, state=state, code_verifier=verifier
)
print(json.dumps(tokens))
