//! Authorization response as a form: OAuth 2.0 Form Post Response Mode.

use super::Callback;
use crate::Error;

/// A form with hidden fields. Its page needs `Cache-Control: no-store` and a CSP `form-action` with
/// the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPost {
    /// The `action`: the redirect URI without response parameters.
    pub action: String,
    /// Names and values, not escaped.
    pub fields: Vec<(&'static str, String)>,
}

impl Callback {
    /// [`Callback::success`] as a form.
    #[must_use]
    pub fn success_form(&self, code: &str) -> FormPost {
        self.form(&[("code", code)])
    }

    /// [`Callback::error`] as a form.
    #[must_use]
    pub fn error_form(&self, error: &Error) -> FormPost {
        let description = error.error_description();
        let mut pairs = vec![("error", error.code.as_str()), ("error_description", &*description)];
        pairs.extend(error.uri.as_deref().map(|uri| ("error_uri", uri)));
        self.form(&pairs)
    }

    fn form(&self, pairs: &[(&'static str, &str)]) -> FormPost {
        let kept = self.own_query();
        let base = self.redirect_uri.split('?').next().unwrap_or_default();
        let action = if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) };
        let state = self.state.as_deref().map(|state| ("state", state));
        let all = pairs.iter().copied().chain(state).chain([("iss", self.issuer.as_str())]);
        FormPost { action, fields: all.map(|(name, value)| (name, value.to_owned())).collect() }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::fixture::{ISSUER, client, query};

    fn callback(uri: &str, request: &str) -> Callback {
        Callback::resolve(&client(&[uri]), &query(request), ISSUER).unwrap()
    }

    #[test]
    fn the_answer_stands_in_fields() {
        let state = "\"><script>\u{2028}&a=b";
        let params = crate::Params::from_pairs([("state", state)]);
        let callback = Callback::resolve(&client(&["https://printer.example/cb"]), &params, ISSUER).unwrap();
        let form = callback.success_form("c");
        assert_eq!(form.action, "https://printer.example/cb");
        assert_eq!(form.fields, [("code", "c".to_owned()), ("state", state.to_owned()), ("iss", ISSUER.to_owned())]);
        let names: Vec<_> =
            callback.error_form(&Error::access_denied()).fields.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["error", "error_description", "state", "iss"]);
    }

    #[test]
    fn the_clients_own_query_stays_and_holds_no_answer() {
        let form = callback("https://printer.example/cb?a=b&code=evil&%69ss=evil&c", "").success_form("c");
        assert_eq!(form.action, "https://printer.example/cb?a=b&c");
        assert_eq!(
            callback("https://printer.example/cb?state=evil", "").success_form("c").action,
            "https://printer.example/cb"
        );
        assert_eq!(form.fields.len(), 2);
    }
}
