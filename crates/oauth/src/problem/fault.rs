//! Kinds of faults, with stable names for storage.

use serde::{Deserialize, Serialize};

/// A kind of fault; pages translate it together with the parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The parameter was not sent, or was empty.
    Missing,
    /// The parameter was sent more than once.
    Repeated,
    /// Its value is too long.
    TooLong,
    /// Its value has too many parts.
    TooMany,
    /// Its value cannot be one: wrong characters, length or shape.
    Malformed,
    /// Its value is not one of those that exist.
    UnknownValue,
    /// The parameter is not supported here.
    Unsupported,
    /// `prompt` combines `none` with another value.
    NotAlone,
    /// The redirect URI is not one that the client has registered.
    NotRegistered,
    /// The redirect URI is registered, and yet breaks the rules.
    Unusable,
    /// The redirect URI is not the one of the authorization request.
    Differs,
    /// The client must use PKCE and sent no challenge.
    PkceMissing,
    /// The challenge's method is not S256; a missing one means `plain`.
    PkceMethod,
    /// A verifier came although the authorization request had no challenge.
    VerifierUnasked,
    /// The verifier is not the one that the challenge was made from.
    VerifierWrong,
    /// These scope tokens do not exist.
    ScopeUnknown,
    /// The client may not ask for these scope tokens.
    ScopeNotAllowed,
    /// These scope tokens were not granted to the refresh token.
    ScopeWider,
    /// The person may grant none of these scope tokens.
    ScopeNotGrantable,
    /// The client is not registered for this grant type.
    GrantNotAllowed,
    /// The operator has turned this grant type off.
    GrantOff,
    /// This grant type is for clients of the operator's own house.
    FirstPartyOnly,
    /// Only a client that has a secret may do this.
    NeedsSecret,
    /// It does not exist, or its grant or client has ended.
    Unknown,
    /// The code or token has expired.
    Expired,
    /// The code or token was used before.
    Spent,
    /// The token was revoked.
    Revoked,
    /// The code or token was issued to another client.
    OtherClient,
    /// The operator has disabled the client.
    Disabled,
    /// The client has a secret and did not send it.
    SecretMissing,
    /// The secret is not one of the client's.
    SecretWrong,
    /// A secret came from a client that has none.
    SecretUnexpected,
    /// The client authenticated in two ways at once.
    TwoMethods,
    /// Header and body name two different clients.
    TwoClients,
    /// The client authenticated in another way than the one that it registered.
    MethodWrong,
    /// The signed token is not valid, or not signed by a key of the client.
    NotVerified,
}

impl Fault {
    /// Every fault with its name.
    pub const ALL: [(Self, &'static str); 36] = [
        (Self::Missing, "missing"),
        (Self::Repeated, "repeated"),
        (Self::TooLong, "too_long"),
        (Self::TooMany, "too_many"),
        (Self::Malformed, "malformed"),
        (Self::UnknownValue, "unknown_value"),
        (Self::Unsupported, "unsupported"),
        (Self::NotAlone, "not_alone"),
        (Self::NotRegistered, "not_registered"),
        (Self::Unusable, "unusable"),
        (Self::Differs, "differs"),
        (Self::PkceMissing, "pkce_missing"),
        (Self::PkceMethod, "pkce_method"),
        (Self::VerifierUnasked, "verifier_unasked"),
        (Self::VerifierWrong, "verifier_wrong"),
        (Self::ScopeUnknown, "scope_unknown"),
        (Self::ScopeNotAllowed, "scope_not_allowed"),
        (Self::ScopeWider, "scope_wider"),
        (Self::ScopeNotGrantable, "scope_not_grantable"),
        (Self::GrantNotAllowed, "grant_not_allowed"),
        (Self::GrantOff, "grant_off"),
        (Self::FirstPartyOnly, "first_party_only"),
        (Self::NeedsSecret, "needs_secret"),
        (Self::Unknown, "unknown"),
        (Self::Expired, "expired"),
        (Self::Spent, "spent"),
        (Self::Revoked, "revoked"),
        (Self::OtherClient, "other_client"),
        (Self::Disabled, "disabled"),
        (Self::SecretMissing, "secret_missing"),
        (Self::SecretWrong, "secret_wrong"),
        (Self::SecretUnexpected, "secret_unexpected"),
        (Self::TwoMethods, "two_methods"),
        (Self::TwoClients, "two_clients"),
        (Self::MethodWrong, "method_wrong"),
        (Self::NotVerified, "not_verified"),
    ];

    /// The name, as it is stored and as programs read it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(fault, _)| *fault == self).map_or("", |(_, name)| name)
    }

    /// The reverse of [`Fault::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == text).map(|(fault, _)| *fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for (fault, name) in Fault::ALL {
            assert_eq!((fault.as_str(), Fault::parse(name)), (name, Some(fault)));
            assert_eq!(serde_json::to_value(fault).ok(), Some(name.into()));
        }
        assert_eq!(Fault::parse("nonsense"), None);
    }
}
