"""Authlib with requests, unmodified, as its documentation has it (row S7): authorization code with PKCE, refresh,
introspection, revocation, and beside each what must not work. `./test` starts Jeton and sets the environment."""

import os
import subprocess
import unittest
from urllib.parse import parse_qsl, urlsplit

# The issuer of this test is plain http on the loopback address; Authlib wants to be told that this is meant.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

ISSUER = os.environ["ISSUER"]
CALLBACK = os.environ["REDIRECT_URI"]
METADATA = requests.get(f"{ISSUER}/.well-known/oauth-authorization-server", timeout=10).json()


def session(**options):
    """A client as an application would make it; PKCE is Authlib's own."""
    return OAuth2Session(
        os.environ["CLIENT_ID"],
        os.environ["CLIENT_SECRET"],
        redirect_uri=CALLBACK,
        scope="read write",
        code_challenge_method="S256",
        token_endpoint=METADATA["token_endpoint"],
        **options,
    )


def allow(url, decision="allow"):
    """The browser's part: signs in, answers, and gives the address that the browser was sent to."""
    command = ["node", os.environ["ALLOW"], url, os.environ["PERSON"], decision]
    password = os.environ["PASSWORD"]
    done = subprocess.run(command, input=password, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout.strip()


def ask(client, verifier, decision="allow", **options):
    """Sends the person to Jeton and gives the address that they come back with."""
    endpoint = METADATA["authorization_endpoint"]
    url, state = client.create_authorization_url(endpoint, code_verifier=verifier, **options)
    return allow(url, decision), state


def signed_in():
    """A session that holds fresh tokens."""
    client, verifier = session(), generate_token(48)
    callback, state = ask(client, verifier)
    client.fetch_token(authorization_response=callback, state=state, code_verifier=verifier)
    return client


def introspect(client, token):
    """What Jeton says of a token."""
    return client.introspect_token(METADATA["introspection_endpoint"], token=token).json()


class Flow(unittest.TestCase):
    def refused(self, error, call, *arguments, **options):
        with self.assertRaises(OAuthError) as caught:
            call(*arguments, **options)
        self.assertEqual(caught.exception.error, error)

    def test_a_code_becomes_a_token_of_the_person_who_allowed_it(self):
        client = signed_in()
        self.assertEqual(client.token["token_type"], "Bearer")
        self.assertEqual(client.token["expires_in"], 3600)
        seen = introspect(client, client.token["access_token"])
        self.assertTrue(seen["active"])
        self.assertEqual((seen["username"], seen["scope"]), ("ada", "read write"))
        self.assertEqual(introspect(client, "nonsense"), {"active": False})

    def test_the_session_sends_its_token_by_itself(self):
        client = signed_in()
        info = client.get(f"{ISSUER}/oauth2/tokeninfo", timeout=10)
        self.assertEqual((info.status_code, info.json()["scope"]), (200, ["read", "write"]))

    def test_a_refresh_token_rotates_and_the_old_ones_end_everything(self):
        client = signed_in()
        first = client.token["refresh_token"]
        second = client.refresh_token(refresh_token=first)["refresh_token"]
        self.assertNotEqual(first, second)
        third = client.refresh_token(refresh_token=second)
        self.assertTrue(introspect(client, third["access_token"])["active"])
        self.refused("invalid_grant", client.refresh_token, refresh_token=first)
        self.refused("invalid_grant", client.refresh_token, refresh_token=third["refresh_token"])
        self.assertFalse(introspect(client, third["access_token"])["active"])

    def test_a_revoked_token_is_inactive_from_that_moment(self):
        client, other = signed_in(), signed_in()
        token = client.token["access_token"]
        self.assertTrue(introspect(other, token)["active"])
        answer = client.revoke_token(METADATA["revocation_endpoint"], token=token)
        self.assertEqual((answer.status_code, answer.json()["success"]), (200, True))
        self.assertFalse(introspect(other, token)["active"])
        self.assertTrue(introspect(other, other.token["access_token"])["active"])
        info = requests.get(f"{ISSUER}/oauth2/tokeninfo", params={"access_token": token}, timeout=10)
        self.assertEqual((info.status_code, info.json()["error"]), (400, "invalid_token"))

    def test_a_code_needs_its_verifier_and_is_good_once(self):
        client, verifier = session(), generate_token(48)
        callback, state = ask(client, verifier)
        exchange = {"authorization_response": callback, "state": state}
        client.fetch_token(**exchange, code_verifier=verifier)
        self.refused("invalid_grant", client.fetch_token, **exchange, code_verifier=verifier)
        callback, state = ask(client, verifier)
        exchange = {"authorization_response": callback, "state": state}
        self.refused("invalid_grant", client.fetch_token, **exchange, code_verifier=generate_token(48))

    def test_a_redirect_address_that_is_not_registered_is_refused(self):
        client, verifier = session(), generate_token(48)
        with self.assertRaisesRegex(AssertionError, "400 "):
            ask(client, verifier, redirect_uri="https://evil.example/callback")
        callback, state = ask(client, verifier)
        exchange = {"authorization_response": callback, "state": state, "code_verifier": verifier}
        wrong = {**exchange, "redirect_uri": f"{CALLBACK}/other"}
        self.refused("invalid_grant", client.fetch_token, **wrong)

    def test_a_refusal_comes_back_with_state_and_issuer(self):
        client, verifier = session(), generate_token(48)
        callback, state = ask(client, verifier, decision="deny")
        answer = dict(parse_qsl(urlsplit(callback).query))
        self.assertEqual((answer["error"], answer["state"], answer["iss"]), ("access_denied", state, ISSUER))
        self.assertNotIn("code", answer)


if __name__ == "__main__":
    unittest.main()
