//! The permanent-token list: search, table, pages.

use super::focus::Focus;
use super::labels::Labels;
use super::paths::{LIST, NEW};
use super::table::{Active, Inactive};
use crate::views::{EmptyState, GetButton, Glyph, ToView, View};
use leptos::prelude::*;
use oauth::view::TokensView;

/// The list with its lead, search and empty state.
#[component]
pub(crate) fn Panel(list: Signal<TokensView>, labels: Labels, #[prop(optional)] focus: Focus) -> View {
    let at_new = focus == Focus::New;
    // The revoked token is visible at once.
    let unfolded = matches!(focus, Focus::Revoke(_) | Focus::New);
    let shown = move || match list.with(|list| (list.rows.is_empty(), list.query.is_empty())) {
        (true, false) => view! { <NothingFound labels=labels/> }.view(),
        (true, true) => view! { <NoTokens focused=at_new labels=labels/> }.view(),
        _ => view! { <Active list=list focus=focus.clone() labels=labels/> }.view(),
    };
    view! {
        <div class="page-head">
            <p class="lead">{labels.with_value(|t| t.lead())}</p>
            {move || list.with(|list| !list.is_empty()).then(|| view! { <NewButton focused=at_new labels=labels/> })}
        </div>
        {move || list.with(TokensView::is_searchable).then(|| view! { <Search list=list labels=labels/> })}
        {shown}
        {move || view! { <Pages list=list.get() labels=labels/> }}
        {move || list.with(|list| !list.inactive.is_empty()).then(|| view! { <Inactive list=list open=unfolded labels=labels/> })}
    }
    .view()
}

#[component]
fn NewButton(focused: bool, labels: Labels) -> View {
    let label = labels.with_value(|t| t.new_token());
    view! { <GetButton to=NEW label=label class="button filled" focused=focused/> }.view()
}

#[component]
fn NoTokens(focused: bool, labels: Labels) -> View {
    let t = labels.get_value();
    view! {
        <EmptyState glyph=Glyph::Key title=t.empty()>
            <p>{t.empty_text()}</p>
            <NewButton focused=focused labels=labels/>
        </EmptyState>
    }
    .view()
}

#[component]
fn NothingFound(labels: Labels) -> View {
    let t = labels.get_value();
    view! {
        <EmptyState glyph=Glyph::Key title=t.none_found()>
            <p><a href=LIST>{t.clear()}</a></p>
        </EmptyState>
    }
    .view()
}

#[component]
fn Search(list: Signal<TokensView>, labels: Labels) -> View {
    let t = labels.get_value();
    view! {
        <form method="get" action=LIST class="search" role="search">
            <div class="field">
                <label for="q">{t.find_label()}</label>
                <input
                    type="search" id="q" name="q" aria-keyshortcuts="Control+K" value=list.with_untracked(|list| list.query.clone())
                    autocomplete="off" dir="auto"
                />
            </div>
            <button type="submit" class="button">{t.find()}</button>
        </form>
    }
    .view()
}

/// "Older" and "Newer", only where there is more than one page.
#[component]
fn Pages(list: TokensView, labels: Labels) -> View {
    let t = labels.get_value();
    let TokensView { newer, older, place, page, .. } = list;
    let link = |to: String, label: String| view! { <a class="button small" href=to>{label}</a> };
    let newer = newer.map(|to| link(to, t.newer()));
    let older = older.map(|to| link(to, t.older()));
    (page.pages > 1)
        .then(|| view! { <nav class="pages" aria-label=t.pages()>{newer}<span>{place}</span>{older}</nav> })
        .view()
}
