//! What several fuzz targets begin with.

use oauth::jose::{Algorithm, JwkSet};
use oauth::{Client, ClientKind, GrantType, Registration, Scope, Timestamp};

/// A confidential client with one address.
#[must_use]
pub fn client() -> Client {
    Client {
        id: "printer".to_owned(),
        name: "Photo Printer".to_owned(),
        description: String::new(),
        kind: ClientKind::Confidential,
        first_party: false,
        trusted: false,
        require_pkce: false,
        pkce: None,
        grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
        scope: None,
        redirect_uris: vec!["https://printer.example/cb".to_owned()],
        post_logout_redirect_uris: Vec::new(),
        optional_scope: Scope::default(),
        id_token_algorithm: Algorithm::Rs256,
        id_token_claims: false,
        registration: Registration::default(),
        owner: None,
        created_at: Timestamp::from_seconds(0),
        disabled: false,
        version: 1,
    }
}

/// Keys for two of the algorithms; the first is that of RFC 9449 4.1, the second that of RFC 8037 A.2.
#[must_use]
pub fn keys() -> JwkSet {
    let set = br#"{"keys":[
        {"kty":"EC","crv":"P-256","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"},
        {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
    JwkSet::parse(set).unwrap_or_default()
}
