//! The logout settings of an application.

use super::{FieldError, distinct};
use crate::{Client, Params, Registration, redirect_uri};

/// Addresses after signing out, at most.
const MAX_ADDRESSES: usize = 20;

/// The logout settings. Errors name the fields `post_logout_redirect_uris` and
/// `backchannel_logout_uri`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignOutForm {
    /// The post-logout redirect URIs.
    pub addresses: Vec<String>,
    /// The back-channel logout URI; empty: none.
    pub back_channel: String,
}

/// The form as it is stored.
impl From<&Client> for SignOutForm {
    fn from(client: &Client) -> Self {
        let back_channel = client.registration.backchannel_logout_uri.clone().unwrap_or_default();
        Self { addresses: client.post_logout_redirect_uris.clone(), back_channel }
    }
}

impl SignOutForm {
    /// The fields `post_logout_redirect_uris` (one to a line) and `backchannel_logout_uri`, without
    /// empty and repeated addresses.
    #[must_use]
    pub fn parse(params: &Params) -> Self {
        let text = |name| params.last(name).unwrap_or_default();
        Self {
            addresses: distinct(text("post_logout_redirect_uris").split_whitespace()),
            back_channel: text("backchannel_logout_uri").trim().to_owned(),
        }
    }

    /// The registration with these values.
    #[must_use]
    pub fn registration(&self, client: &Client) -> Registration {
        let backchannel_logout_uri = Some(self.back_channel.clone()).filter(|uri| !uri.is_empty());
        Registration { backchannel_logout_uri, ..client.registration.clone() }
    }

    /// The validation errors; empty: valid.
    #[must_use]
    pub fn check(&self, client: &Client) -> Vec<FieldError> {
        let many = (self.addresses.len() > MAX_ADDRESSES).then_some("uri-many");
        let bad = self.addresses.iter().find_map(|uri| redirect_uri::check(uri).err());
        let address = many.or(bad).map(|message| FieldError::new("post_logout_redirect_uris", message));
        let back_channel = self.registration(client).check(client.kind).err();
        let back_channel = back_channel.map(|message| FieldError::new("backchannel_logout_uri", message));
        address.into_iter().chain(back_channel).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::client;

    fn fields(addresses: &str, back_channel: &str) -> Vec<String> {
        let pairs = [("post_logout_redirect_uris", addresses), ("backchannel_logout_uri", back_channel)];
        let form = SignOutForm::parse(&Params::from_pairs(pairs));
        form.check(&client(&[])).into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn addresses_stand_one_to_a_line_and_each_is_looked_at() {
        let form = |text| SignOutForm::parse(&Params::default().with("post_logout_redirect_uris", text)).addresses;
        assert_eq!(
            form("https://a.example/\r\n\r\n  https://b.example/ \nhttps://a.example/"),
            ["https://a.example/", "https://b.example/"]
        );
        assert!(fields("", "").is_empty() && fields("https://a.example/out", "https://a.example/hear").is_empty());
        assert_eq!(fields("https://a.example/out\nnonsense", ""), ["post_logout_redirect_uris"]);
        assert_eq!(fields("", "http://a.example/hear"), ["backchannel_logout_uri"]);
        let many: String = (0..21).map(|number| format!("https://a.example/{number}\n")).collect();
        assert_eq!(fields(&many, "nonsense"), ["post_logout_redirect_uris", "backchannel_logout_uri"]);
    }
}
