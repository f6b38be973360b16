//! The table of [`super::endpoints`], as utoipa has it.

use super::endpoints::{Answer, Endpoint, Input};
use super::forms;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, PathItem, Paths, PathsBuilder, Ref, RefOr, Required, Response, ResponseBuilder};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const HTML: &str = "text/html";
const PROOF: &str =
    "A proof of the key that the access token is bound to, beside `Authorization: DPoP …` (RFC 9449 §7.1)";

/// The form whose only parameter may stand in the header instead.
const HEADER_INSTEAD: &str = "HeldToken";

/// Every operation at its path.
pub(super) fn paths(endpoints: &[Endpoint]) -> Paths {
    let with = |paths: PathsBuilder, endpoint: &Endpoint| {
        paths.path(endpoint.path, PathItem::new(endpoint.method.clone(), operation(endpoint)))
    };
    endpoints.iter().fold(PathsBuilder::new(), with).build()
}

/// How callers say who they are, where the form does not: by name.
pub(super) fn security_schemes() -> [(&'static str, SecurityScheme); 3] {
    let http =
        |scheme, about: &str| SecurityScheme::Http(HttpBuilder::new().scheme(scheme).description(Some(about)).build());
    [
        (
            "client_secret_basic",
            http(HttpAuthScheme::Basic, "Id and secret of the client, form-encoded (RFC 6749 §2.3.1)"),
        ),
        ("bearer", http(HttpAuthScheme::Bearer, "An access token (RFC 6750 §2.1)")),
        ("dpop", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description("DPoP", PROOF)))),
    ]
}

fn operation(endpoint: &Endpoint) -> Operation {
    let mut operation = OperationBuilder::new().summary(Some(endpoint.summary));
    match endpoint.input {
        Input::Nothing => {}
        Input::Query(schema) => {
            for parameter in query(schema) {
                operation = operation.parameter(parameter);
            }
        }
        Input::Form(schema) => operation = operation.request_body(Some(form(schema))),
    }
    for &name in endpoint.callers {
        operation = operation.security(requirement(name));
    }
    for answer in endpoint.answers {
        operation = operation.response(answer.status.to_string(), response(answer));
    }
    operation.build()
}

/// One scheme; none for the empty name.
fn requirement(name: &str) -> SecurityRequirement {
    if name.is_empty() { SecurityRequirement::default() } else { SecurityRequirement::new(name, Vec::<String>::new()) }
}

fn form(schema: &str) -> RequestBody {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
    let required = if schema == HEADER_INSTEAD { Required::False } else { Required::True };
    RequestBodyBuilder::new().content(FORM, content).required(Some(required)).build()
}

fn response(answer: &Answer) -> Response {
    let response = ResponseBuilder::new().description(answer.meaning);
    match (answer.schema, answer.status) {
        ("", 303) => response,
        ("", _) => response.content(HTML, ContentBuilder::new().build()),
        (name, _) => response.content(JSON, ContentBuilder::new().schema(Some(Ref::from_schema_name(name))).build()),
    }
    .build()
}

/// The members of a form's schema, as parameters of a query.
fn query(schema: &str) -> Vec<Parameter> {
    let found = forms::schemas().into_iter().find(|(name, _)| name == schema);
    let Some((_, RefOr::T(Schema::Object(object)))) = found else { return Vec::new() };
    let parameter = |(name, value): (&String, &RefOr<Schema>)| {
        let required = if object.required.contains(name) { Required::True } else { Required::False };
        let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(required);
        parameter.schema(Some(value.clone())).build()
    };
    object.properties.iter().map(parameter).collect()
}
