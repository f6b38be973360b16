//! What may be registered.

use oauth::form::ClientForm;
use oauth::{ClientKind, GrantType, redirect_uri};

use super::NewClient;

/// The longest client id and client secret that an operator may choose, in characters.
const MOST_CHARACTERS: usize = 200;

/// Whether this may be a client id: visible ASCII (RFC 6749 appendix A.1), without the space that only confuses.
pub fn is_client_id(id: &str) -> bool {
    (1..=MOST_CHARACTERS).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether an operator may choose this secret: visible ASCII and spaces (RFC 6749 appendix A.2).
fn is_client_secret(secret: &str) -> bool {
    (1..=MOST_CHARACTERS).contains(&secret.len()) && secret.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
}

/// The first thing that stands in the way of registering this client, as a sentence.
pub fn check(new: &NewClient) -> Result<(), String> {
    check_texts(new)?;
    for uri in &new.post_logout_redirect_uris {
        redirect_uri::check(uri).map_err(|message| format!("post-logout redirect URI {uri:?}: {message}"))?;
    }
    let public = new.kind == ClientKind::Public;
    let may = |grant| new.grant_types.contains(&grant);
    let checks = [
        (
            new.client_id.as_deref().is_none_or(is_client_id),
            "A client id is 1 to 200 visible ASCII characters without spaces",
        ),
        (
            new.client_secret.as_deref().is_none_or(is_client_secret),
            "A client secret is 1 to 200 visible ASCII characters",
        ),
        (!(public && new.client_secret.is_some()), "A public client has no secret"),
        (!public || new.require_pkce, "A public client always uses PKCE"),
        (
            !(public && may(GrantType::ClientCredentials)),
            "A public client cannot use client_credentials: it has no secret",
        ),
        (
            !may(GrantType::AuthorizationCode) || !new.redirect_uris.is_empty(),
            "authorization_code needs a redirect URI",
        ),
        (!new.grant_types.is_empty(), "Name at least one grant type"),
    ];
    checks.iter().find(|(held, _)| !held).map_or(Ok(()), |(_, message)| Err((*message).to_owned()))
}

/// Name, description and redirect URIs follow the rules of the developers' form.
fn check_texts(new: &NewClient) -> Result<(), String> {
    let form = ClientForm {
        name: new.name.clone(),
        description: new.description.clone(),
        redirect_uris: new.redirect_uris.clone(),
        kind: new.kind,
        require_pkce: new.require_pkce,
    };
    match form.check().into_iter().next() {
        None => Ok(()),
        Some(error) => Err(format!("{}: {}", error.field, error.message)),
    }
}

/// The grant types of a client whose operator named none: what its redirect URIs, kind and rank are good for.
#[must_use]
pub fn default_grant_types(kind: ClientKind, first_party: bool, has_redirect_uri: bool) -> Vec<GrantType> {
    let mut grants = Vec::new();
    if has_redirect_uri {
        grants.push(GrantType::AuthorizationCode);
    }
    if first_party {
        grants.push(GrantType::Password);
    }
    if !grants.is_empty() {
        grants.push(GrantType::RefreshToken);
    } else if kind == ClientKind::Confidential {
        grants.push(GrantType::ClientCredentials);
    }
    grants
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new() -> NewClient {
        NewClient::new("Photo Printer", ClientKind::Confidential, vec!["https://printer.example/callback".to_owned()])
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_sentence() {
        type Change = fn(&mut NewClient);
        let table: [(&str, Change); 9] = [
            ("name: ", |new| new.name = String::new()),
            ("redirect_uri_1: ", |new| new.redirect_uris = vec!["http://printer.example/".to_owned()]),
            ("post-logout", |new| new.post_logout_redirect_uris = vec!["nonsense".to_owned()]),
            ("A client id", |new| new.client_id = Some("a b".to_owned())),
            ("A client secret", |new| new.client_secret = Some(String::new())),
            ("A public client has no secret", |new| {
                new.kind = ClientKind::Public;
                new.client_secret = Some("secret".to_owned());
            }),
            ("A public client always uses PKCE", |new| {
                new.kind = ClientKind::Public;
                new.require_pkce = false;
            }),
            ("A public client cannot use client_credentials", |new| {
                new.kind = ClientKind::Public;
                new.grant_types = vec![GrantType::ClientCredentials];
            }),
            ("authorization_code needs", |new| new.redirect_uris.clear()),
        ];
        for (start, change) in table {
            let mut changed = new();
            change(&mut changed);
            let message = check(&changed).err().unwrap_or_default();
            assert!(message.starts_with(start), "{start}: {message}");
        }
        assert_eq!(check(&new()), Ok(()));
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
