//! Response modes: OAuth 2.0 Multiple Response Type Encoding Practices §2.1, OAuth 2.0 Form Post
//! Response Mode.

use crate::{Error, Params};

/// The response mode. `fragment` is not offered: nothing is issued that needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ResponseMode {
    /// In the query of a redirect; the default of `code`.
    #[default]
    Query,
    /// In a form that the browser posts.
    FormPost,
}

impl ResponseMode {
    /// The value of `response_mode`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::FormPost => "form_post",
        }
    }

    /// The requested mode, if offered.
    ///
    /// # Errors
    /// `invalid_request`, to be answered by the default mode.
    pub fn choose(params: &Params, offered: &[Self]) -> Result<Self, Error> {
        let Some(name) = params.get("response_mode")? else { return Ok(Self::default()) };
        let known = offered.iter().find(|mode| mode.as_str() == name).copied();
        known.ok_or(Error::invalid_request("The response mode is not supported").because("response_mode"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::query;

    #[test]
    fn only_what_is_offered_is_chosen() {
        let both = [ResponseMode::Query, ResponseMode::FormPost];
        let choose = |request: &str, offered: &[ResponseMode]| ResponseMode::choose(&query(request), offered).ok();
        assert_eq!(choose("", &both), Some(ResponseMode::Query));
        assert_eq!(choose("response_mode=form_post", &both), Some(ResponseMode::FormPost));
        assert_eq!(choose("response_mode=form_post", &both[..1]), None);
        for mode in ["fragment", "query.jwt", "web_message", "FORM_POST", "form_post query", "a&response_mode=a"] {
            assert_eq!(choose(&format!("response_mode={mode}"), &both), None, "{mode}");
        }
    }
}
