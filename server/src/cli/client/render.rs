//! Clients as the command line prints them.

use oauth::{Client, ClientKind, GrantType};
use serde_json::{Value, json};

use crate::cli::Failure;

/// The failure of a command about this client.
pub(super) fn missing(error: provider::Error, id: &str) -> Failure {
    Failure::of(error, &format!("There is no client {id}"))
}

/// A client as JSON; its registration metadata (RFC 7591) are members among the others, under the
/// registered names.
pub(super) fn object(client: &Client) -> Value {
    let mut object = own_members(client);
    if let (Some(object), Ok(Value::Object(more))) =
        (object.as_object_mut(), serde_json::to_value(&client.registration))
    {
        object.extend(more);
    }
    object
}

fn own_members(client: &Client) -> Value {
    json!({
        "client_id": client.id,
        "name": client.name,
        "description": client.description,
        "kind": client.kind,
        "first_party": client.first_party,
        "trusted": client.trusted,
        "require_pkce": client.requires_pkce(),
        "pkce": client.pkce,
        "grant_types": client.grant_types,
        "scope": client.scope.as_ref().map(|scope| scope.iter().collect::<Vec<_>>()),
        "optional_scope": client.optional_scope.iter().collect::<Vec<_>>(),
        "redirect_uris": client.redirect_uris,
        "id_token_alg": client.id_token_algorithm,
        "id_token_claims": client.id_token_claims,
        "post_logout_redirect_uris": client.post_logout_redirect_uris,
        "owner": client.owner,
        "created_at": client.created_at.iso(),
        "disabled": client.disabled,
    })
}

/// A client as a line of the list.
pub(super) fn row(client: &Client) -> Vec<String> {
    let grants: Vec<&str> = client.grant_types.iter().copied().map(GrantType::as_str).collect();
    vec![
        client.id.clone(),
        client.name.clone(),
        ClientKind::as_str(client.kind).to_owned(),
        if client.first_party { "yes" } else { "no" }.to_owned(),
        grants.join(" "),
        client.scope.as_ref().map_or_else(|| "any".to_owned(), ToString::to_string),
        if client.disabled { "disabled" } else { "enabled" }.to_owned(),
        client.redirect_uris.join(" "),
    ]
}
