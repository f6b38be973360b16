//! The tables of active and of revoked tokens.

use super::focus::Focus;
use super::labels::Labels;
use super::paths::LIST;
use crate::views::{Day, GetButton, Name, ToView, View, When, table};
use leptos::prelude::*;
use oauth::view::{TokenRow, TokenView, TokensView};

/// The active tokens.
#[component]
pub(super) fn Active(list: Signal<TokensView>, focus: Focus, labels: Labels) -> View {
    let t = labels.get_value();
    let heads = vec![t.name(), t.scopes(), t.last_used(), t.created()];
    let rows = move || list.with(|list| list.rows.clone());
    let row = move |row: TokenRow| view! { <Row row=row focus=focus.clone() labels=labels/> };
    let body = view! { <For each=rows key=TokenRow::clone children=row/> }.view();
    table(t.table(), heads, Some(t.actions()), body)
}

/// Revoked tokens, so that a sudden 401 can be explained.
#[component]
pub(super) fn Inactive(list: Signal<TokensView>, open: bool, labels: Labels) -> View {
    let t = labels.get_value();
    let heads = vec![t.name(), t.scopes(), t.last_used(), t.state()];
    let rows = move || list.with(|list| list.inactive.clone());
    let row = move |row: TokenRow| view! { <InactiveRow row=row labels=labels/> };
    let body = view! { <For each=rows key=TokenRow::clone children=row/> }.view();
    view! {
        <details id="inactive-tokens" open=open>
            <summary>{move || list.with(|list| list.inactive_title.clone())}</summary>
            {table(t.inactive_table(), heads, None, body)}
        </details>
    }
    .view()
}

#[component]
fn Row(row: TokenRow, focus: Focus, labels: Labels) -> View {
    let t = labels.get_value();
    let TokenRow { token, more } = row;
    let id = format!("token-{}", token.id);
    let (named, pressed) = match focus {
        Focus::Name(at) => (at == token.id, false),
        Focus::Revoke(at) => (false, at == token.id),
        _ => (false, false),
    };
    let (rename, revoke) = (format!("{LIST}/{}/rename", token.id), format!("{LIST}/{}/revoke", token.id));
    view! {
        <tr>
            <NameCell token=token.clone() focused=named/>
            <td data-label=t.scopes()>
                <Scopes scopes=token.scopes.clone() more=more/>
                {token.lost_scopes.then(|| view! { <span class="tag warn">{t.lost_scopes()}</span> })}
            </td>
            <td data-label=t.last_used()>
                <LastUsed token=token.clone() labels=labels/>
                {token.idle.then(|| view! { <span class="tag">{t.idle()}</span> })}
            </td>
            <td data-label=t.created()><Day at=token.created_at/></td>
            <td class="end">
                <ul class="actions">
                    <li><GetButton to=rename label=t.rename() class="button small" described_by=id.clone()/></li>
                    <li><GetButton to=revoke label=t.revoke() class="button small" described_by=id focused=pressed/></li>
                </ul>
            </td>
        </tr>
    }
    .view()
}

/// The row header is named by the token's name alone; the hint helps to recognise the value.
#[component]
fn NameCell(token: TokenView, #[prop(optional)] focused: bool) -> View {
    let id = format!("token-{}", token.id);
    view! {
        <th scope="row" aria-labelledby=id>
            <span id=id.clone() tabindex="-1" autofocus=focused><Name of=token.name/></span>
            <span class="sub"><code dir="ltr">{token.hint}</code></span>
        </th>
    }
    .view()
}

/// Raw scopes as chips: the first few, the rest in a `<details>`.
#[component]
fn Scopes(scopes: Vec<String>, more: String) -> View {
    let chip = |scope: String| view! { <li class="chip"><code dir="ltr">{scope}</code></li> };
    let mut scopes = scopes.into_iter();
    let first: Vec<_> = scopes.by_ref().take(TokenRow::SHOWN).map(chip).collect();
    let rest: Vec<_> = scopes.map(chip).collect();
    let rest =
        (!rest.is_empty()).then(|| view! { <details><summary>{more}</summary><ul class="chips">{rest}</ul></details> });
    view! { <ul class="chips">{first}</ul>{rest} }.view()
}

#[component]
fn LastUsed(token: TokenView, labels: Labels) -> View {
    let Some(at) = token.last_used else { return labels.with_value(|t| t.never_used()).view() };
    let from = token.last_used_from;
    view! {
        <When at=at/>
        {from.map(|from| view! { <span class="sub"><Name of=from/></span> })}
    }
    .view()
}

#[component]
fn InactiveRow(row: TokenRow, labels: Labels) -> View {
    let t = labels.get_value();
    let TokenRow { token, more } = row;
    let revoked = token.revoked_at.map(|at| view! { <span class="sub"><When at=at/></span> });
    view! {
        <tr>
            <NameCell token=token.clone()/>
            <td data-label=t.scopes()><Scopes scopes=token.scopes.clone() more=more/></td>
            <td data-label=t.last_used()><LastUsed token=token labels=labels/></td>
            <td data-label=t.state()><span class="tag">{t.revoked()}</span>{revoked}</td>
        </tr>
    }
    .view()
}
