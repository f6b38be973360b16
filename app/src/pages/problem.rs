//! The page behind `error_uri`: why a request failed.

use super::add_url::AddUrl;
use super::error::OpenApplication;
use crate::api::Translator;
use crate::components::{Day, LinkButton, Name, When};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with_views};
use crate::shell::{self, Document, Width};
use crate::views::Pieces;
use crate::views::applications::{Facts, path_of};
use leptos::prelude::*;
use oauth::ErrorCode;
use oauth::form::visible;
use oauth::view::{ProblemDetails, ProblemPage};

/// Why a request failed. Anybody reads the generic text of the error code, the same for every id;
/// the owner of the application reads the finding. `asking`: the question whether to add the
/// redirect URI is open.
#[must_use]
pub fn problem(frame: &Frame, page: ProblemPage, asking: bool) -> String {
    shell::render(frame, || match page.details {
        None => Document::new(translate("problem-title"), view! { <Kind code=page.code/> }).width(Width::Narrow),
        Some(details) => for_owner(page.code, details, asking),
    })
}

/// The message key of each error code (RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1, OpenID
/// Connect Core §3.1.2.6).
#[must_use]
pub const fn kind_of_error(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::InvalidRequest => "kind-invalid-request",
        ErrorCode::InvalidClient => "kind-invalid-client",
        ErrorCode::InvalidGrant => "kind-invalid-grant",
        ErrorCode::UnauthorizedClient => "kind-unauthorized-client",
        ErrorCode::UnsupportedGrantType => "kind-unsupported-grant-type",
        ErrorCode::UnsupportedResponseType => "kind-unsupported-response-type",
        ErrorCode::InvalidScope => "kind-invalid-scope",
        ErrorCode::AccessDenied => "kind-access-denied",
        ErrorCode::LoginRequired => "kind-login-required",
        ErrorCode::ConsentRequired => "kind-consent-required",
        ErrorCode::AccountSelectionRequired => "kind-account-selection-required",
        ErrorCode::InteractionRequired => "kind-interaction-required",
        ErrorCode::RequestNotSupported => "kind-request-not-supported",
        ErrorCode::RequestUriNotSupported => "kind-request-uri-not-supported",
        ErrorCode::InvalidToken => "kind-invalid-token",
        ErrorCode::InvalidRequestObject => "kind-invalid-request-object",
        ErrorCode::InvalidRequestUri => "kind-invalid-request-uri",
        ErrorCode::InvalidTarget => "kind-invalid-target",
        ErrorCode::InvalidDpopProof => "kind-invalid-dpop-proof",
        ErrorCode::UseDpopNonce => "kind-use-dpop-nonce",
        ErrorCode::UnmetAuthenticationRequirements => "kind-unmet-authentication-requirements",
        ErrorCode::ServerError => "kind-server-error",
        ErrorCode::TemporarilyUnavailable => "kind-temporarily-unavailable",
    }
}

/// The public part.
#[component]
fn Kind(code: ErrorCode) -> AnyView {
    view! {
        <div class="card" id="error-page">
            <h1>{translate("problem-title")}</h1>
            <p>{translate(kind_of_error(code))}</p>
            <dl class="facts"><dt>{translate("error-error")}</dt><dd><code dir="ltr">{code.as_str()}</code></dd></dl>
            <p class="hint">{translate("problem-for-owner")}</p>
            <div class="actions"><a class="button" href="/">{translate("error-start")}</a></div>
        </div>
    }
    .into_any()
}

fn for_owner(code: ErrorCode, details: ProblemDetails, asking: bool) -> Document {
    let uri = details.problem.finding.sent.clone().filter(|_| asking && details.problem.may_add);
    let (id, version, path) = (details.problem.id.clone(), details.version, path_of(&details.client_id));
    let page =
        Document::new(translate("problem-title"), view! { <Problem code=code details=details/> }).width(Width::Medium);
    match uri {
        Some(uri) => {
            let back = format!("/errors/{id}");
            page.dialog(true, view! { <AddUrl problem=id uri=uri version=version path=path back=back/> })
        }
        None => page,
    }
}

#[component]
fn Problem(code: ErrorCode, details: ProblemDetails) -> AnyView {
    let ProblemDetails { problem, client_id, client_name, redirect_uris, own, .. } = details;
    let name = view! { <Name of=client_name.clone()/> };
    let technical = format!("{code}: {} {}", problem.finding.parameter, problem.finding.fault.as_str());
    let registered = redirect_uris.into_iter().filter(|_| problem.finding.parameter == "redirect_uri").collect();
    let ask = format!("{}/problems/{}/add", path_of(&client_id), problem.id);
    let line = Translator(frame::current().language).problem(problem.clone());
    let open = own.then(|| view! { <OpenApplication name=client_name client_id=client_id.clone()/> });
    view! {
        <div class="card" id="error-page">
            <h1>{translate("problem-title")}</h1>
            <p>{translate_with_views("problem-lead", [("name", name.into_any())])}</p>
            <p><strong><Pieces of=line.what/></strong></p>
            <Facts facts=line.facts notes=line.notes/>
            <dl class="facts" id="error-details">
                <dt>{translate("error-error")}</dt><dd><code dir="ltr">{visible(&technical)}</code></dd>
                <Registered uris=registered/>
                <dt>{translate("application-client-id")}</dt><dd><code dir="ltr"><Name of=client_id/></code></dd>
                <dt>{translate("problem-times")}</dt><dd>{line.times}</dd>
                <dt>{translate("problem-first")}</dt><dd><Day at=problem.first_at/></dd>
                <dt>{translate("problem-last")}</dt><dd><When at=problem.last_at/></dd>
            </dl>
            <p class="hint">{translate(kind_of_error(code))}</p>
            <div class="actions">
                {problem.may_add.then(|| view! { <LinkButton to=ask label=translate("problems-add") class="button filled"/> })}
                {open}
            </div>
        </div>
    }
    .into_any()
}

/// The registered redirect URIs: for the owner only.
#[component]
fn Registered(uris: Vec<String>) -> AnyView {
    let lines: Vec<_> =
        uris.iter().map(|uri| view! { <li><code dir="ltr"><bdi>{visible(uri)}</bdi></code></li> }).collect();
    let any = !lines.is_empty();
    any.then(|| view! { <dt>{translate("problem-redirect-uris")}</dt><dd><ul class="list">{lines}</ul></dd> })
        .into_any()
}
