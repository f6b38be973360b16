//! The operations, as a table.

use utoipa::openapi::HttpMethod;

/// What is sent.
#[derive(Clone, Copy)]
pub(super) enum Input {
    /// Nothing but headers.
    Nothing,
    /// The parameters of this schema, in the query.
    Query(&'static str),
    /// The parameters of this schema, in the body.
    Form(&'static str),
}

/// One operation.
pub(super) struct Endpoint {
    pub path: &'static str,
    pub method: HttpMethod,
    pub summary: &'static str,
    pub input: Input,
    /// Names of security schemes, one of which is enough; `""`: none is needed.
    pub callers: &'static [&'static str],
    pub answers: &'static [Answer],
}

/// What an endpoint may answer.
pub(super) struct Answer {
    /// The status.
    pub status: u16,
    /// What it means.
    pub meaning: &'static str,
    /// The schema of the body; `""`: the body is no JSON.
    pub schema: &'static str,
}

const fn answer(status: u16, meaning: &'static str, schema: &'static str) -> Answer {
    Answer { status, meaning, schema }
}

const CLIENT: &[&str] = &["client_secret_basic", ""];
const HOLDER: &[&str] = &["bearer", "dpop", ""];
const ANYBODY: &[&str] = &[];
const BAD: Answer = answer(400, "The request is refused", "ErrorResponse");
const STRANGER: Answer = answer(401, "The caller could not be authenticated", "ErrorResponse");
const SLOWLY: Answer = answer(429, "Too many failures; `Retry-After` says when", "ErrorResponse");
const LATER: Answer = answer(503, "The server cannot do this now; `Retry-After` says when", "ErrorResponse");

const INTROSPECT: &[Answer] =
    &[answer(200, "What the token is, as of now", "Introspection"), BAD, STRANGER, SLOWLY, LATER];
const TOKENS: &[Answer] = &[answer(200, "Tokens", "TokenResponse"), BAD, STRANGER, SLOWLY, LATER];
const TOKEN_INFO: &[Answer] = &[answer(200, "What the token is, as of now", "TokenInfo"), BAD, STRANGER, LATER];
const REVOKED: &[Answer] = &[answer(200, "The token is not good any more", "Revoked"), BAD, STRANGER, SLOWLY, LATER];
const PUSHED: &[Answer] = &[answer(201, "The request is kept", "PushedResponse"), BAD, STRANGER, SLOWLY, LATER];
const USER_INFO: &[Answer] = &[
    answer(
        200,
        "What the token may know of the person; signed (application/jwt) if the client registered so",
        "UserInfo",
    ),
    BAD,
    answer(401, "The token is not good; without one there is no body", "ErrorResponse"),
    answer(403, "The token lacks the scope `openid`", "ErrorResponse"),
    LATER,
];
const METADATA: &[Answer] = &[answer(200, "What the server does", "Metadata"), LATER];
const KEYS: &[Answer] = &[answer(200, "Public keys", "JwkSet"), LATER];
const PERSON: &[Answer] = &[
    answer(200, "A page for the person: sign-in, consent, or the answer as a form (`response_mode=form_post`)", ""),
    answer(303, "To a page, or back to the client with `code`, or `error`, and `state` and `iss`", ""),
    answer(400, "A page: the client or its address is not good, so nobody is redirected", ""),
];
const SIGN_OUT: &[Answer] = &[
    answer(200, "A page that asks, or says that the person is signed out", ""),
    answer(303, "To a page, or back to the client with `state`", ""),
    answer(400, "A page: the request is not good, so nobody is redirected", ""),
];
const HEALTH: &[Answer] = &[answer(200, "Yes", "Health"), answer(503, "No", "Health")];

const fn get(path: &'static str, summary: &'static str, answers: &'static [Answer]) -> Endpoint {
    Endpoint { path, method: HttpMethod::Get, summary, input: Input::Nothing, callers: ANYBODY, answers }
}

const fn post(path: &'static str, summary: &'static str, form: &'static str, answers: &'static [Answer]) -> Endpoint {
    Endpoint { path, method: HttpMethod::Post, summary, input: Input::Form(form), callers: CLIENT, answers }
}

/// Every operation.
pub(super) const ALL: &[Endpoint] = &[
    Endpoint {
        input: Input::Query("AuthorizationForm"),
        ..get("/oauth2/authorize", "Asks a person for authorization (RFC 6749 §3.1)", PERSON)
    },
    Endpoint { callers: ANYBODY, ..post("/oauth2/authorize", "The same, by a form", "AuthorizationForm", PERSON) },
    post("/oauth2/par", "Pushes an authorization request (RFC 9126)", "PushedForm", PUSHED),
    post("/oauth2/token", "Issues tokens (RFC 6749 §3.2)", "TokenForm", TOKENS),
    Endpoint {
        callers: &["client_secret_basic", "bearer", ""],
        ..post("/oauth2/introspect", "Tells a service about a token (RFC 7662)", "TokenQuestion", INTROSPECT)
    },
    post("/oauth2/revoke", "Ends a token (RFC 7009)", "RevocationForm", REVOKED),
    Endpoint {
        input: Input::Query("HeldToken"),
        callers: HOLDER,
        ..get("/oauth2/tokeninfo", "Tells the holder about a token", TOKEN_INFO)
    },
    Endpoint { callers: HOLDER, ..post("/oauth2/tokeninfo", "The same, by a form", "HeldToken", TOKEN_INFO) },
    Endpoint {
        callers: &["bearer", "dpop"],
        ..get("/oauth2/userinfo", "Tells a client about the person (OpenID Connect Core §5.3)", USER_INFO)
    },
    Endpoint {
        callers: HOLDER,
        ..post("/oauth2/userinfo", "The same, with the token in header or body", "HeldToken", USER_INFO)
    },
    Endpoint {
        input: Input::Query("EndSessionForm"),
        ..get("/oauth2/end-session", "Signs a person out (RP-Initiated Logout)", SIGN_OUT)
    },
    Endpoint { callers: ANYBODY, ..post("/oauth2/end-session", "The same, by a form", "EndSessionForm", SIGN_OUT) },
    get("/oauth2/jwks", "The keys by which signatures of this server are verified (RFC 7517)", KEYS),
    get("/.well-known/oauth-authorization-server", "What the server does (RFC 8414)", METADATA),
    get("/.well-known/openid-configuration", "The same document (OpenID Connect Discovery §4)", METADATA),
    get("/health/live", "Whether the process answers", HEALTH),
    get("/health/ready", "Whether a token can be issued and revoked now", HEALTH),
];
