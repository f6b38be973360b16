//! CSRF protection: whether a form was sent from a page of this site, in the browser and by the
//! person that the page was rendered for.

use oauth::Params;

use super::Visitor;
use super::origin::{is_same_origin, other_origin};

/// Why a form is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CsrfError {
    /// It was sent from another site's page.
    Site,
    /// Its token is missing, old, or another browser's.
    Token,
    /// Its page was rendered for another person than the one who is signed in now, who has signed
    /// in in another tab.
    OtherPerson,
    /// Its token is not valid, and the browser reaches this server at another origin than
    /// `JETON_PUBLIC_URL`, to which the cookies of the set origin are not sent.
    Origin(String),
}

/// Hexadecimal digits of the MAC that binds a form to a browser: 128 bits, as many as a nonce has.
const MAC_DIGITS: usize = 32;

/// The value of the hidden field `csrf`: a random pad, the MAC over browser cookie and user id
/// masked by the pad, and the user id. Masking makes it differ on every page, so that the length of
/// compressed pages tells nothing about the MAC (BREACH).
#[must_use]
pub fn csrf_token(visitor: &Visitor) -> String {
    let (pad, person) = (visitor.site.provider.nonce(), visitor.current.as_ref().map(|current| current.user.id));
    let person = person.map(|id| id.to_string()).unwrap_or_default();
    let masked = xor(&pad, &mac(visitor, &person));
    pad + &masked + &person
}

fn mac(visitor: &Visitor, person: &str) -> String {
    let mac = visitor.site.provider.key().mac("form", &[visitor.browser.as_bytes(), person.as_bytes()]);
    oauth::hex::encode(&mac[..MAC_DIGITS / 2])
}

/// XOR of hexadecimal digits; shorter where a character is none.
fn xor(pad: &str, digits: &str) -> String {
    let pairs = pad.chars().zip(digits.chars());
    pairs.filter_map(|(a, b)| char::from_digit(a.to_digit(16)? ^ b.to_digit(16)?, 16)).collect()
}

/// The user id in the token, empty for a page without a signed-in user; `None` when the token is
/// not of this browser.
fn verified_person<'a>(visitor: &Visitor, sent: &'a str) -> Option<&'a str> {
    let (pad, rest) = sent.split_at_checked(MAC_DIGITS)?;
    let (masked, person) = rest.split_at_checked(MAC_DIGITS)?;
    oauth::secret::same(&xor(pad, masked), &mac(visitor, person)).then_some(person)
}

/// Whether the page was for another user than the signed-in one. A page for nobody may be sent
/// after signing in.
fn is_other_person(visitor: &Visitor, person: &str) -> bool {
    let current = visitor.current.as_ref().map(|current| current.user.id.to_string());
    !person.is_empty() && current.is_some_and(|current| current != person)
}

/// Checks origin and token of a posted form.
///
/// # Errors
/// Why the form is refused; then nothing may be changed.
pub fn check_form(visitor: &Visitor, params: &Params) -> Result<(), CsrfError> {
    check_token(visitor, params.last("csrf").unwrap_or_default())
}

/// The same but for the person, for forms that check it themselves and explain a change of the
/// person on their page.
///
/// # Errors
/// Why the form is refused; then nothing may be changed.
pub fn check_browser(visitor: &Visitor, params: &Params) -> Result<(), CsrfError> {
    check_form(visitor, params).or_else(|why| if why == CsrfError::OtherPerson { Ok(()) } else { Err(why) })
}

/// The same for a token that was sent otherwise than in the field `csrf`.
///
/// # Errors
/// Why the form is refused; then nothing may be changed.
pub fn check_token(visitor: &Visitor, sent: &str) -> Result<(), CsrfError> {
    let issuer = &visitor.site.provider.settings().issuer;
    if !is_same_origin(&visitor.headers, issuer) {
        return Err(CsrfError::Site);
    }
    let person = verified_person(visitor, sent).filter(|_| !visitor.new_browser);
    match other_origin(&visitor.headers, issuer) {
        _ if person.is_some_and(|person| is_other_person(visitor, person)) => Err(CsrfError::OtherPerson),
        _ if person.is_some() => Ok(()),
        // With this site's cookie the origin is right, and the form is merely old.
        Some(origin) if visitor.new_browser => Err(origin_error(visitor, origin)),
        _ => Err(CsrfError::Token),
    }
}

fn origin_error(visitor: &Visitor, origin: String) -> CsrfError {
    if visitor.site.logged_once().other_origin.is_first() {
        let set = &visitor.site.provider.settings().issuer;
        tracing::warn!(
            "JETON_PUBLIC_URL is {set}, and a form came from {origin}: browsers that open this server there cannot sign in. Set the \
             address at which they reach it"
        );
    }
    CsrfError::Origin(origin)
}

/// A path on this site for a redirect, else `/account`: any other address would make this server an
/// open redirector.
#[must_use]
pub fn local_path(target: &str) -> String {
    let is_path = target.starts_with('/') && !target.starts_with("//") && target.len() <= 16 * 1024;
    let is_ascii = target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_path && is_ascii { target.to_owned() } else { "/account".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_path_stays_on_this_site() {
        for good in [
            "/account",
            "/oauth2/authorize?redirect_uri=https%3A%2F%2Frp.example&state=%2F%2Fx",
            "/account/tokens/new?name=a",
        ] {
            assert_eq!(local_path(good), good);
        }
        for bad in ["//evil", "/\\evil", "/\t/evil", "https:evil", "https://evil", "", "evil", "/a b", "/é"] {
            assert_eq!(local_path(bad), "/account", "{bad:?}");
        }
    }
}
