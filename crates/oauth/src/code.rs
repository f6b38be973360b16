//! Authorization codes: RFC 6749 §4.1.2 and §4.1.3.

use crate::oidc::ClaimsRequest;
use crate::pkce::is_verifier;
use crate::problem::{Fault, Finding};
use crate::{Binding, Client, CodeChallenge, CodeExchange, Error, Scope, Timestamp};

/// An issued code. Its value is not here: the store knows its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationCode {
    /// The client that it was issued to.
    pub client_id: String,
    /// The person who consented.
    pub user_id: i64,
    /// The grant (consent) behind it.
    pub grant_id: String,
    /// The token family; a replay revokes it.
    pub family_id: String,
    /// `redirect_uri` as it was sent; `None`: it was left out.
    pub redirect_uri: Option<String>,
    /// What was granted.
    pub scope: Scope,
    /// The PKCE challenge, if one was sent.
    pub challenge: Option<CodeChallenge>,
    /// For an ID token.
    pub nonce: Option<String>,
    /// When the person signed in.
    pub auth_time: Timestamp,
    /// `sid` of an ID token.
    pub session: Option<String>,
    /// The claims that the client asked for by name.
    pub claims: ClaimsRequest,
    /// What it is bound to.
    pub binding: Binding,
    /// When it ends, exclusive.
    pub expires_at: Timestamp,
    /// It has been redeemed.
    pub spent: bool,
}

impl AuthorizationCode {
    /// Validates the redemption of the code by this client.
    ///
    /// `spent` is not checked: single use is the conditional write of the store. It comes after
    /// these checks, so only the legitimate client can trigger the revocation on replay.
    ///
    /// # Errors
    /// `invalid_grant` for every fault; the reason is for the log.
    pub fn redeem(&self, client: &Client, exchange: &CodeExchange, now: Timestamp) -> Result<(), Error> {
        let checks = [
            (self.client_id == client.id, "the code was issued to another client", Fault::OtherClient),
            (now < self.expires_at, "the code has expired", Fault::Expired),
            (
                self.is_same_address(client, exchange),
                "redirect_uri differs from the authorization request",
                Fault::Differs,
            ),
            (
                self.is_proven(exchange),
                "code_verifier does not fit the authorization request",
                self.fault_of_verifier(exchange),
            ),
        ];
        match checks.iter().find(|(held, ..)| !held) {
            Some((_, reason, fault)) => {
                Err(Error::invalid_grant().because(*reason).found(self.finding(*fault, exchange)))
            }
            None => Ok(()),
        }
    }

    fn finding(&self, fault: Fault, exchange: &CodeExchange) -> Finding {
        match fault {
            Fault::OtherClient | Fault::Expired => Finding::new(fault, "code"),
            Fault::Differs => Finding {
                sent: exchange.redirect_uri.clone(),
                expected: self.redirect_uri.clone(),
                ..Finding::new(fault, "redirect_uri")
            },
            _ => Finding::new(fault, "code_verifier"),
        }
    }

    fn fault_of_verifier(&self, exchange: &CodeExchange) -> Fault {
        match (&self.challenge, &exchange.verifier) {
            (Some(_), None) => Fault::Missing,
            (None, _) => Fault::VerifierUnasked,
            (Some(_), Some(verifier)) if !is_verifier(verifier) => Fault::Malformed,
            (Some(_), Some(_)) => Fault::VerifierWrong,
        }
    }

    /// `redirect_uri` has to be repeated (RFC 6749 §4.1.3). If it was omitted, the client may name
    /// the registered one.
    fn is_same_address(&self, client: &Client, exchange: &CodeExchange) -> bool {
        match (&self.redirect_uri, &exchange.redirect_uri) {
            (None, Some(named)) => client.redirect_uris.contains(named),
            (sent, again) => sent == again,
        }
    }

    /// A verifier exactly if there was a challenge: an unexpected one reveals a PKCE downgrade
    /// (RFC 9700 §4.8.2).
    fn is_proven(&self, exchange: &CodeExchange) -> bool {
        match (&self.challenge, &exchange.verifier) {
            (Some(challenge), Some(verifier)) => challenge.matches(verifier),
            (challenge, verifier) => challenge.is_none() && verifier.is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{CHALLENGE, VERIFIER, client};

    const CB: &str = "https://printer.example/cb";
    const NOW: Timestamp = Timestamp::from_seconds(1000);

    fn code() -> AuthorizationCode {
        AuthorizationCode {
            client_id: "printer".into(),
            user_id: 42,
            grant_id: "g".into(),
            family_id: "f".into(),
            redirect_uri: Some(CB.into()),
            scope: Scope::of(["read"]),
            challenge: Some(CodeChallenge::from_stored(CHALLENGE.into())),
            nonce: None,
            auth_time: NOW,
            session: None,
            claims: ClaimsRequest::default(),
            binding: Binding::default(),
            expires_at: NOW.plus(60),
            spent: false,
        }
    }

    fn exchange(redirect_uri: Option<&str>, verifier: Option<&str>) -> CodeExchange {
        let text = |value: Option<&str>| value.map(str::to_owned);
        CodeExchange { code: "jtn_ac_x".into(), redirect_uri: text(redirect_uri), verifier: text(verifier) }
    }

    fn redeem(code: &AuthorizationCode, request: &CodeExchange, now: Timestamp) -> Result<(), String> {
        let answer = code.redeem(&client(&[CB]), request, now);
        answer.map_err(|error| {
            assert_eq!(
                (error.code, error.description),
                (Error::invalid_grant().code, Error::invalid_grant().description)
            );
            error.reason.unwrap_or_default()
        })
    }

    #[test]
    fn a_code_is_redeemed_until_the_second_it_expires() {
        let request = exchange(Some(CB), Some(VERIFIER));
        assert_eq!(redeem(&code(), &request, NOW.plus(59)), Ok(()));
        assert_eq!(redeem(&code(), &request, NOW.plus(60)), Err("the code has expired".into()));
    }

    #[test]
    fn a_code_of_another_client_is_refused() {
        let stolen = AuthorizationCode { client_id: "scanner".into(), ..code() };
        let refused = redeem(&stolen, &exchange(Some(CB), Some(VERIFIER)), NOW);
        assert_eq!(refused, Err("the code was issued to another client".into()));
    }

    #[test]
    fn redirect_uri_is_the_same_as_in_the_authorization_request() {
        for wrong in [None, Some("https://printer.example/cb/"), Some("https://evil.example/")] {
            let refused = redeem(&code(), &exchange(wrong, Some(VERIFIER)), NOW);
            assert_eq!(refused, Err("redirect_uri differs from the authorization request".into()), "{wrong:?}");
        }
        let unnamed = AuthorizationCode { redirect_uri: None, ..code() };
        assert_eq!(redeem(&unnamed, &exchange(None, Some(VERIFIER)), NOW), Ok(()));
        assert_eq!(redeem(&unnamed, &exchange(Some(CB), Some(VERIFIER)), NOW), Ok(()));
        assert!(redeem(&unnamed, &exchange(Some("https://evil.example/"), Some(VERIFIER)), NOW).is_err());
    }

    #[test]
    fn a_verifier_comes_exactly_where_a_challenge_was() {
        let unproven = AuthorizationCode { challenge: None, ..code() };
        let with = |verifier| exchange(Some(CB), verifier);
        assert_eq!(redeem(&code(), &with(Some(VERIFIER)), NOW), Ok(()));
        assert_eq!(redeem(&unproven, &with(None), NOW), Ok(()));
        let refused = [(code(), None), (code(), Some(CHALLENGE)), (code(), Some("")), (unproven, Some(VERIFIER))];
        for (code, verifier) in refused {
            let answer = redeem(&code, &with(verifier), NOW);
            assert_eq!(answer, Err("code_verifier does not fit the authorization request".into()), "{verifier:?}");
        }
    }

    #[test]
    fn a_spent_code_is_left_to_the_gate_of_the_store() {
        let spent = AuthorizationCode { spent: true, ..code() };
        assert_eq!(redeem(&spent, &exchange(Some(CB), Some(VERIFIER)), NOW), Ok(()));
    }
}
