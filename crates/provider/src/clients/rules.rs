//! Validation of client registrations.

use oauth::form::{ClientForm, FieldError};
use oauth::jose::Algorithm;
use oauth::{ClientKind, GrantType, PkceRule, Profile, redirect_uri};

use super::NewClient;
use crate::error::Error;

/// Maximum characters of a client id or client secret that an operator chooses.
const MOST_CHARACTERS: usize = 200;

/// Minimum characters of a new secret that an operator chooses, so that it cannot be guessed.
/// Older, shorter ones remain valid.
pub const LEAST_SECRET: usize = 32;

/// Whether this is a valid client id: visible ASCII (RFC 6749 Appendix A.1), without the space,
/// which only confuses.
pub fn is_client_id(id: &str) -> bool {
    (1..=MOST_CHARACTERS).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether an operator may choose this secret: visible ASCII and spaces (RFC 6749 Appendix A.2).
fn is_client_secret(secret: &str) -> bool {
    (1..=MOST_CHARACTERS).contains(&secret.len()) && secret.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
}

/// Validates a new secret that an operator chooses.
///
/// # Errors
/// `Conflict` with a message.
pub fn check_secret(secret: &str) -> Result<(), Error> {
    let is_good = secret.len() >= LEAST_SECRET && is_client_secret(secret);
    if is_good { Ok(()) } else { Err(Error::Conflict("client-secret-characters".into())) }
}

/// The first validation error of a registration, as a message.
pub fn check(new: &NewClient) -> Result<(), Error> {
    faults(new).into_iter().next().map_or(Ok(()), Err)
}

/// All validation errors of a registration.
pub fn faults(new: &NewClient) -> Vec<Error> {
    let uris = new.post_logout_redirect_uris.iter().filter_map(|uri| redirect_uri::check(uri).err());
    let uris = uris.map(|key| Error::Form(FieldError::new("post_logout_redirect_uri", key)));
    let registration = new.registration.check(new.kind).err().map(Error::Conflict);
    text_faults(new).chain(uris).chain(rule_faults(new)).chain(registration).collect()
}

fn rule_faults(new: &NewClient) -> impl Iterator<Item = Error> {
    let public = new.kind == ClientKind::Public;
    let may = |grant| new.grant_types.contains(&grant);
    let checks = [
        (new.client_id.as_deref().is_none_or(is_client_id), "client-id-characters"),
        (new.client_secret.as_deref().is_none_or(is_client_secret), "client-secret-characters"),
        (!(public && new.client_secret.is_some()), "client-public-secret"),
        (!(new.registration.uses_private_key_jwt() && new.client_secret.is_some()), "client-key-secret"),
        (!public || (new.require_pkce && new.pkce != Some(PkceRule::NonceOrPkce)), "client-public-pkce"),
        (!(new.trusted && public && new.redirect_uris.iter().any(|uri| is_on_device(uri))), "client-trusted-native"),
        (!(public && may(GrantType::ClientCredentials)), "client-public-credentials"),
        (!may(GrantType::AuthorizationCode) || !new.redirect_uris.is_empty(), "client-code-uri"),
        (!new.grant_types.is_empty(), "client-no-grant"),
    ];
    let fapi = new.registration.profile == Profile::Fapi;
    let profile = fapi.then(|| fapi_checks(new)).into_iter().flatten();
    profile.chain(checks).filter(|(held, _)| !held).map(|(_, key)| Error::Conflict(key.into()))
}

/// What FAPI 2.0 forbids (FAPI 2.0 Security Profile §5.3.2.1, §5.3.2.2, §5.4.1). PAR and
/// sender-constrained tokens are enforced at each request.
fn fapi_checks(new: &NewClient) -> [(bool, &'static str); 5] {
    let rs256 = [Some(new.id_token_algorithm), new.registration.userinfo_signed_response_alg];
    [
        (new.kind == ClientKind::Confidential, "client-fapi-public"),
        (new.registration.uses_private_key_jwt(), "client-fapi-method"),
        (!rs256.contains(&Some(Algorithm::Rs256)), "client-fapi-rs256"),
        (new.require_pkce && new.pkce.is_none_or(|rule| rule == PkceRule::Required), "client-fapi-pkce"),
        (!new.grant_types.contains(&GrantType::Password), "client-fapi-password"),
    ]
}

/// Whether any program on the user's device may receive a response to this redirect URI
/// (RFC 8252 §8.6).
fn is_on_device(uri: &str) -> bool {
    !redirect_uri::is_web(uri) || redirect_uri::is_loopback(uri)
}

/// Errors in name, description and redirect URIs, by the rules of the developers' form.
fn text_faults(new: &NewClient) -> impl Iterator<Item = Error> {
    let form = ClientForm {
        name: new.name.clone(),
        description: new.description.clone(),
        redirect_uris: new.redirect_uris.clone(),
        kind: new.kind,
        require_pkce: new.require_pkce,
        optional_scopes: Vec::new(),
    };
    form.check().into_iter().map(Error::Form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::default_grant_types;

    fn new() -> NewClient {
        NewClient::new("Photo Printer", ClientKind::Confidential, vec!["https://printer.example/callback".to_owned()])
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_sentence() {
        type Change = fn(&mut NewClient);
        let table: [(&str, Change); 13] = [
            ("name: ", |new| new.name = String::new()),
            ("redirect_uri_1: ", |new| new.redirect_uris = vec!["http://printer.example/".to_owned()]),
            ("post_logout_redirect_uri: ", |new| new.post_logout_redirect_uris = vec!["nonsense".to_owned()]),
            ("client-id-characters", |new| new.client_id = Some("a b".to_owned())),
            ("client-secret-characters", |new| new.client_secret = Some(String::new())),
            ("client-public-secret", |new| {
                new.kind = ClientKind::Public;
                new.client_secret = Some("secret".to_owned());
            }),
            ("client-public-pkce", |new| {
                new.kind = ClientKind::Public;
                new.require_pkce = false;
            }),
            ("client-public-pkce", |new| {
                new.kind = ClientKind::Public;
                new.pkce = Some(PkceRule::NonceOrPkce);
            }),
            ("client-trusted-native", |new| {
                (new.kind, new.trusted) = (ClientKind::Public, true);
                new.redirect_uris.push("http://127.0.0.1/cb".to_owned());
            }),
            ("client-fapi-method", |new| new.registration.profile = Profile::Fapi),
            ("client-fapi-public", |new| {
                new.kind = ClientKind::Public;
                new.registration.profile = Profile::Fapi;
            }),
            ("client-public-credentials", |new| {
                new.kind = ClientKind::Public;
                new.grant_types = vec![GrantType::ClientCredentials];
            }),
            ("client-code-uri", |new| new.redirect_uris.clear()),
        ];
        for (start, change) in table {
            let mut changed = new();
            change(&mut changed);
            let message = check(&changed).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.starts_with(start), "{start}: {message}");
        }
        assert!(check(&new()).is_ok());
        let native = NewClient { redirect_uris: vec!["http://127.0.0.1/cb".to_owned()], trusted: true, ..new() };
        assert!(check(&native).is_ok(), "a confidential client proves itself");
        assert!(check(&NewClient { kind: ClientKind::Public, trusted: true, ..new() }).is_ok());
    }

    #[test]
    fn a_new_secret_has_thirty_two_characters_at_least() {
        for (length, is_good) in [(0, false), (1, false), (31, false), (32, true), (200, true), (201, false)] {
            assert_eq!(check_secret(&"s".repeat(length)).is_ok(), is_good, "{length}");
        }
        assert!(check_secret(&"ä".repeat(32)).is_err());
    }

    #[test]
    fn a_client_gets_the_grants_that_it_is_good_for() {
        use GrantType::{AuthorizationCode, ClientCredentials, Password, RefreshToken};
        let table = [
            (ClientKind::Confidential, false, true, vec![AuthorizationCode, RefreshToken]),
            (ClientKind::Confidential, true, true, vec![AuthorizationCode, Password, RefreshToken]),
            (ClientKind::Confidential, true, false, vec![Password, RefreshToken]),
            (ClientKind::Confidential, false, false, vec![ClientCredentials]),
            (ClientKind::Public, false, true, vec![AuthorizationCode, RefreshToken]),
            (ClientKind::Public, false, false, vec![]),
        ];
        for (kind, first_party, has_uri, grants) in table {
            assert_eq!(default_grant_types(kind, first_party, has_uri), grants);
        }
    }
}
