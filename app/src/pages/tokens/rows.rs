use super::TokenFocus;
use crate::components::{Day, LinkButton, Name, Opens, ScopeList, When};
use crate::words::{say, say_with};
use leptos::prelude::*;
use oauth::view::TokenView;

/// The tokens that work.
#[component]
pub(super) fn Active(tokens: Vec<TokenView>, focus: Option<TokenFocus>) -> AnyView {
    let rows: Vec<_> =
        tokens.into_iter().map(|token| view! { <Row token=token focus=focus.clone()/> }.into_any()).collect();
    let last = view! { <th scope="col"><span class="hidden-visually">{say("tokens-actions")}</span></th> };
    let columns = [say("tokens-name"), say("tokens-scopes"), say("tokens-last-used"), say("tokens-created")];
    table(say("tokens-table"), (heads(columns), last).into_any(), rows)
}

/// Tokens that no longer work, so that a sudden refusal can be explained.
#[component]
pub(super) fn Inactive(tokens: Vec<TokenView>, open: bool) -> AnyView {
    let count = i64::try_from(tokens.len()).unwrap_or(i64::MAX);
    let rows: Vec<_> = tokens.into_iter().map(inactive_row).collect();
    let columns = [say("tokens-name"), say("tokens-scopes"), say("tokens-last-used"), say("tokens-state")];
    view! {
        <details open=open>
            <summary>{say_with("tokens-inactive", [("count", count.into())])}</summary>
            {table(say("tokens-inactive-table"), heads(columns).into_any(), rows)}
        </details>
    }
    .into_any()
}

fn heads(columns: [String; 4]) -> Vec<AnyView> {
    columns.into_iter().map(|name| view! { <th scope="col">{name}</th> }.into_any()).collect()
}

fn table(caption: String, head: AnyView, rows: Vec<AnyView>) -> AnyView {
    view! {
        <div class="table">
            <table>
                <caption class="hidden-visually">{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(token: TokenView, focus: Option<TokenFocus>) -> AnyView {
    let id = format!("token-{}", token.id);
    let (named, pressed) = match focus {
        Some(TokenFocus::Name(at)) => (at == token.id, false),
        Some(TokenFocus::Revoke(at)) => (false, at == token.id),
        _ => (false, false),
    };
    let opens = Opens { dialog: "revoke-token", name: token.name.clone(), described_by: Some(id.clone()) };
    let revoke = format!("/account/tokens/{}/revoke", token.id);
    view! {
        <tr>
            <NameCell id=id name=token.name.clone() hint=token.hint.clone() focused=named/>
            <td data-label=say("tokens-scopes")>
                <ScopeList scopes=token.scopes.clone()/>
                {token.lost_scopes.then(|| view! { <span class="tag warn">{say("tokens-lost-scopes")}</span> })}
            </td>
            <td data-label=say("tokens-last-used")>
                <LastUsed token=token.clone()/>
                {token.idle.then(|| view! { <span class="tag">{say("tokens-idle")}</span> })}
            </td>
            <td data-label=say("tokens-created")><Day at=token.created_at/></td>
            <td class="end">
                <LinkButton to=revoke label=say("tokens-revoke") class="button small" opens=opens focused=pressed/>
            </td>
        </tr>
    }
    .into_any()
}

/// The row's header is called by the token's name alone; the hint below helps to recognise the value.
#[component]
fn NameCell(id: String, name: String, hint: String, #[prop(optional)] focused: bool) -> AnyView {
    view! {
        <th scope="row" aria-labelledby=id>
            <span id=id.clone() tabindex=focused.then_some("-1") autofocus=focused><Name of=name/></span>
            <span class="sub"><code dir="ltr">{hint}</code></span>
        </th>
    }
    .into_any()
}

#[component]
fn LastUsed(token: TokenView) -> AnyView {
    let Some(at) = token.last_used else { return say("never-used").into_any() };
    let from = token.last_used_from;
    view! {
        <When at=at/>
        {from.map(|from| view! { <span class="sub"><Name of=from/></span> })}
    }
    .into_any()
}

fn inactive_row(token: TokenView) -> AnyView {
    let revoked = token.revoked_at.map(|at| view! { <span class="sub"><When at=at/></span> });
    view! {
        <tr>
            <NameCell id=format!("token-{}", token.id) name=token.name.clone() hint=token.hint.clone()/>
            <td data-label=say("tokens-scopes")><ScopeList scopes=token.scopes.clone()/></td>
            <td data-label=say("tokens-last-used")><LastUsed token=token.clone()/></td>
            <td data-label=say("tokens-state")><span class="tag">{say("tokens-revoked")}</span>{revoked}</td>
        </tr>
    }
    .into_any()
}
