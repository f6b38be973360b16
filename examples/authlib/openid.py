"""Authlib with requests, unmodified, as a relying party of OpenID Connect: discovery, the code flow, the ID token with its
signature, userinfo, refresh, and beside each what must not work. `./test` starts Jeton and sets the environment."""

import os
import subprocess
import tempfile
import unittest
from urllib.parse import parse_qsl, urlsplit

# The issuer of this test is plain http on the loopback address; Authlib wants to be told that this is meant.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.integrations.base_client.sync_app import BaseApp, OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from requests.exceptions import HTTPError

ISSUER = os.environ["ISSUER"]
CALLBACK = os.environ["REDIRECT_URI"]
CREDENTIALS = os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"]


class Notes(OAuth2Mixin, OpenIDMixin, BaseApp):
    """Authlib's application of a web framework, without the framework."""

    client_cls = OAuth2Session

    def __init__(self):
        super().__init__(
            framework=None,
            client_id=CREDENTIALS[0],
            client_secret=CREDENTIALS[1],
            server_metadata_url=f"{ISSUER}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email offline_access", "code_challenge_method": "S256"},
        )

    def ask(self, jar="", **options):
        """Sends the person to Jeton; what they come back with, and what was kept for it."""
        kept = self.create_authorization_url(CALLBACK, **{"prompt": "consent", **options})
        answer = dict(parse_qsl(urlsplit(allow(kept["url"], os.environ["PERSON"], jar=jar)).query))
        assert (answer["state"], answer["iss"]) == (kept["state"], ISSUER), answer
        return answer, kept

    def sign_in(self, **options):
        """The tokens, and the nonce that the ID token has to have."""
        answer, kept = self.ask(**options)
        token = self.fetch_access_token(CALLBACK, code=answer["code"], code_verifier=kept["code_verifier"])
        return token, kept["nonce"]


def allow(*words, jar=""):
    """The browser's part: signs in, allows, and gives the address that the browser was sent to."""
    command = ["node", os.environ["ALLOW"], *words]
    kept = {**os.environ, "JAR": jar}
    password = os.environ["PASSWORD"]
    done = subprocess.run(command, input=password, capture_output=True, text=True, check=False, env=kept)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout.strip()


class OpenID(unittest.TestCase):
    def test_a_sign_in_brings_an_id_token_with_a_good_signature(self):
        notes = Notes()
        token, nonce = notes.sign_in()
        claims = notes.parse_id_token(token, nonce)
        self.assertEqual((claims["iss"], claims["aud"]), (ISSUER, CREDENTIALS[0]))
        with self.assertRaises(JoseError):
            head, _, signature = token["id_token"].split(".")
            _, other, _ = notes.sign_in()[0]["id_token"].split(".")
            notes.parse_id_token({**token, "id_token": f"{head}.{other}.{signature}"}, nonce)

    def test_an_id_token_of_another_request_or_beside_another_access_token_is_not_taken(self):
        notes = Notes()
        token, nonce = notes.sign_in()
        for wrong in [(token, "another"), ({**token, "access_token": "another"}, nonce)]:
            with self.assertRaises(Exception) as caught:
                notes.parse_id_token(*wrong)
            self.assertRegex(str(caught.exception), "nonce|at_hash")

    def test_userinfo_tells_who_it_is(self):
        notes = Notes()
        token, nonce = notes.sign_in()
        info = notes.userinfo(token=token)
        self.assertEqual(info["sub"], notes.parse_id_token(token, nonce)["sub"])
        self.assertEqual((info["name"], info["email"]), ("Ada Lovelace", "ada@example.org"))
        with self.assertRaises(HTTPError) as caught:
            notes.userinfo(token={**token, "access_token": "another"})
        self.assertEqual(caught.exception.response.status_code, 401)

    def test_a_refresh_brings_an_id_token_of_the_same_sign_in(self):
        notes = Notes()
        token, nonce = notes.sign_in()
        session = OAuth2Session(*CREDENTIALS, token=token)
        again = session.refresh_token(notes.load_server_metadata()["token_endpoint"])
        first, second = notes.parse_id_token(token, nonce), notes.parse_id_token(again, None)
        for name in ["iss", "sub", "aud", "auth_time"]:
            self.assertEqual(first[name], second[name])
        self.assertEqual(notes.userinfo(token=again)["sub"], first["sub"])

    def test_signing_out_ends_the_session_and_leads_back(self):
        notes, left = Notes(), os.environ["POST_LOGOUT_REDIRECT_URI"]
        with tempfile.TemporaryDirectory() as folder:
            jar = os.path.join(folder, "jar.json")
            token, _ = notes.sign_in(jar=jar)
            self.assertIn("code", notes.ask(jar=jar, prompt="none")[0])
            wish = notes.create_logout_url(left, id_token_hint=token["id_token"])
            self.assertEqual(allow("--leave", wish["url"], jar=jar), f"{left}?state={wish['state']}")
            self.assertEqual(notes.ask(jar=jar, prompt="none")[0]["error"], "login_required")


if __name__ == "__main__":
    unittest.main()
