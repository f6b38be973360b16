//! The schemas of answers. Those that are written without a type of their own have one here, for the document alone.
#![expect(dead_code, reason = "the fields are the members of answers")]

use crate::introspection::{Introspection, TokenInfo};
use crate::oidc::claims::{Kind, STANDARD};
use crate::par::PushedResponse;
use crate::{ErrorCode, Metadata, TokenResponse};
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaFormat, Type};

/// A refusal (RFC 6749 §5.2, RFC 6750 §3.1).
#[derive(ToSchema)]
pub struct ErrorResponse {
    /// What a program can tell errors apart by.
    pub error: ErrorCode,
    /// One sentence for the developer.
    pub error_description: Option<String>,
    /// The address of a page that explains the error; it tells the client's owner more.
    #[schema(format = "uri")]
    pub error_uri: Option<String>,
}

/// What became of a revocation. RFC 7009 wants status 200 alone; the members are Jeton's.
#[derive(ToSchema)]
struct Revoked {
    /// `false` when whoever holds a token revokes one that is unknown or was revoked before.
    success: bool,
    /// One sentence.
    message: String,
}

/// Whether the server works.
#[derive(ToSchema)]
struct Health {
    /// `live`, `ready`, `stopping` or `not ready`.
    status: String,
}

/// Public keys (RFC 7517 §5).
#[derive(ToSchema)]
struct JwkSet {
    /// Those that sign, those that soon will, and those that did while what they signed can be good.
    keys: Vec<PublicKey>,
}

/// A public key (RFC 7517 §4): `n` and `e` for RSA, `crv`, `x` and `y` for P-256.
#[derive(ToSchema)]
struct PublicKey {
    kty: String,
    kid: String,
    alg: crate::jose::Algorithm,
    /// `sig`.
    r#use: String,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// Every schema of an answer, with what it refers to.
pub(super) fn schemas() -> Vec<(String, RefOr<Schema>)> {
    let mut all = vec![("UserInfo".to_owned(), user_info())];
    add::<ErrorResponse>(&mut all);
    add::<TokenResponse>(&mut all);
    add::<Introspection>(&mut all);
    add::<TokenInfo>(&mut all);
    add::<Metadata>(&mut all);
    add::<PushedResponse>(&mut all);
    add::<Revoked>(&mut all);
    add::<Health>(&mut all);
    add::<JwkSet>(&mut all);
    all
}

/// A schema and those that it refers to.
pub(super) fn add<T: ToSchema>(all: &mut Vec<(String, RefOr<Schema>)>) {
    all.push((T::name().into_owned(), T::schema()));
    T::schemas(all);
}

/// What is told of a person: `sub`, and of the standard claims those that were allowed and are known.
fn user_info() -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let described = text.description(Some("The person, by a number that is never given to another."));
    let mut claims = ObjectBuilder::new().property("sub", described).required("sub");
    for claim in STANDARD {
        claims = claims.property(claim.name, value_of(claim.kind));
    }
    claims.description(Some("OpenID Connect Core §5.3.2")).into()
}

fn value_of(kind: Kind) -> ObjectBuilder {
    let of = |kind: Type| ObjectBuilder::new().schema_type(kind);
    match kind {
        Kind::Text => of(Type::String),
        Kind::Url => of(Type::String).format(Some(SchemaFormat::Custom("uri".to_owned()))),
        Kind::Flag => of(Type::Boolean),
        Kind::Moment => of(Type::Integer).description(Some("Seconds since 1970.")),
        Kind::Address => of(Type::Object),
    }
}
