use super::token_dialogs::{TokenDialog, TokenDialogs, dialogs_of};
use crate::components::{Day, Empty, Glyph, LinkButton, Name, Opens, ScopeList, Tab, Tabs, When};
use crate::frame::{self, Frame};
use crate::shell::{self, title_of};
use leptos::prelude::*;
use oauth::Params;
use oauth::view::{ScopeChoice, TokenView};

/// A list this long can be searched.
const SEARCHABLE: i64 = 10;

/// The tab Tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokensPage {
    /// The tokens that work, newest first: one page of them.
    pub tokens: Vec<TokenView>,
    /// Tokens that were revoked lately.
    pub inactive: Vec<TokenView>,
    /// The dialog that stands open; the page behind it is inert.
    pub dialog: Option<TokenDialog>,
    /// What is searched for.
    pub query: String,
    /// Where in the list this page is.
    pub page: PageNumbers,
    /// Every scope that exists, for the dialog.
    pub scopes: Vec<ScopeChoice>,
    /// The one-time id of the form "New permanent token", open or closed.
    pub form_id: String,
}

/// The place of a page in its list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageNumbers {
    /// This page, from 1.
    pub page: i64,
    /// How many pages there are.
    pub pages: i64,
    /// How many entries there are.
    pub total: i64,
}

/// The permanent tokens of the person, with the dialogs that make and revoke them.
#[must_use]
pub fn tokens(frame: &Frame, page: TokensPage) -> String {
    let refused = matches!(&page.dialog, Some(TokenDialog::New { errors, .. }) if !errors.is_empty());
    shell::render(frame, || {
        let dialogs =
            TokenDialogs { dialog: page.dialog.clone(), scopes: page.scopes.clone(), form_id: page.form_id.clone() };
        let main = view! { <Tabs selected=Tab::Tokens><Panel page=page/></Tabs> };
        dialogs_of(dialogs, &title_of("Tokens and sessions", refused), main.into_any())
    })
}

#[component]
fn Panel(page: TokensPage) -> AnyView {
    let TokensPage { tokens, inactive, query, page, .. } = page;
    let searching = !query.is_empty();
    let list = match (tokens.is_empty(), searching) {
        (true, true) => view! { <NothingFound/> }.into_any(),
        (true, false) => view! { <NoTokens/> }.into_any(),
        _ => view! { <Active tokens=tokens/> }.into_any(),
    };
    let empty = page.total == 0 && !searching;
    view! {
        <div class="page-head">
            <p class="lead">"Permanent tokens let scripts act as you. Treat them like passwords."</p>
            {(!empty).then(|| view! { <NewButton/> })}
        </div>
        {(searching || page.total >= SEARCHABLE).then(|| view! { <Search query=query.clone()/> })}
        {list}
        <Pages page=page query=query/>
        {(!inactive.is_empty()).then(|| view! { <Inactive tokens=inactive/> })}
    }
    .into_any()
}

#[component]
fn NewButton() -> AnyView {
    let opens = Opens { dialog: "new-token", ..Opens::default() };
    view! { <LinkButton to="/account/tokens/new" label="New permanent token" class="button filled" opens=opens/> }
        .into_any()
}

#[component]
fn NoTokens() -> AnyView {
    view! {
        <Empty glyph=Glyph::Key title="No permanent tokens yet">
            <p>"Create one to let a script or a command-line tool use the API as you."</p>
            <NewButton/>
        </Empty>
    }
    .into_any()
}

#[component]
fn NothingFound() -> AnyView {
    view! {
        <Empty glyph=Glyph::Key title="No token has this name">
            <p><a href="/account/tokens">"Show all tokens"</a></p>
        </Empty>
    }
    .into_any()
}

#[component]
fn Search(query: String) -> AnyView {
    view! {
        <form method="get" action="/account/tokens" class="search" role="search">
            <div class="field">
                <label for="q">"Find a token by name"</label>
                <input type="search" id="q" name="q" value=query autocomplete="off" dir="auto"/>
            </div>
            <button type="submit" class="button">"Find"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Active(tokens: Vec<TokenView>) -> AnyView {
    let rows: Vec<_> = tokens.into_iter().map(|token| view! { <Row token=token/> }).collect();
    view! {
        <div class="table">
            <table>
                <caption class="hidden-visually">"Permanent tokens"</caption>
                <thead><tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Scopes"</th>
                    <th scope="col">"Last used"</th>
                    <th scope="col">"Created"</th>
                    <th scope="col"><span class="hidden-visually">"Actions"</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(token: TokenView) -> AnyView {
    let id = format!("token-{}", token.id);
    let opens = Opens { dialog: "revoke-token", name: token.name.clone(), described_by: Some(id.clone()) };
    let revoke = format!("/account/tokens/{}/revoke", token.id);
    view! {
        <tr>
            <NameCell id=id name=token.name hint=token.hint/>
            <td data-label="Scopes">
                <ScopeList scopes=token.scopes/>
                {token.lost_scopes.then(|| view! { <span class="tag warn">"Some scopes no longer work"</span> })}
            </td>
            <td data-label="Last used"><LastUsed at=token.last_used from=token.last_used_from/></td>
            <td data-label="Created"><Day at=token.created_at/></td>
            <td class="end"><LinkButton to=revoke label="Revoke" class="button small" opens=opens/></td>
        </tr>
    }
    .into_any()
}

/// The row's header is called by the token's name alone; the hint below helps to recognise the value.
#[component]
fn NameCell(id: String, name: String, hint: String) -> AnyView {
    view! {
        <th scope="row" aria-labelledby=id>
            <span id=id.clone()><Name of=name/></span>
            <span class="sub"><code dir="ltr">{hint}</code></span>
        </th>
    }
    .into_any()
}

#[component]
fn LastUsed(at: Option<oauth::Timestamp>, from: Option<String>) -> AnyView {
    match at {
        Some(at) => view! {
            <When at=at/>
            {from.map(|from| view! { <span class="sub"><Name of=from/></span> })}
        }
        .into_any(),
        None => "Never used".into_any(),
    }
    .into_any()
}

/// "Older" and "Newer", only where there is more than one page.
#[component]
fn Pages(page: PageNumbers, query: String) -> AnyView {
    let link = |number: i64, label: &'static str| {
        let params = Params::default().with("page", &number.to_string());
        let params = if query.is_empty() { params } else { params.with("q", &query) };
        view! { <a class="button small" href=format!("/account/tokens?{}", params.encode())>{label}</a> }
    };
    (page.pages > 1)
        .then(|| {
            view! {
                <nav class="pages" aria-label="Pages">
                    {(page.page > 1).then(|| link(page.page - 1, "Newer"))}
                    <span>{format!("Page {} of {}", page.page, page.pages)}</span>
                    {(page.page < page.pages).then(|| link(page.page + 1, "Older"))}
                </nav>
            }
        })
        .into_any()
}

/// Tokens that no longer work, so that a sudden refusal can be explained. Open right after something was done.
#[component]
fn Inactive(tokens: Vec<TokenView>) -> AnyView {
    let summary = format!("Recently revoked ({})", tokens.len());
    let open = frame::current().status.is_some();
    let rows: Vec<_> = tokens.into_iter().map(inactive_row).collect();
    view! {
        <details open=open>
            <summary>{summary}</summary>
            <div class="table">
                <table>
                    <caption class="hidden-visually">"Recently revoked tokens"</caption>
                    <thead><tr>
                        <th scope="col">"Name"</th><th scope="col">"Scopes"</th>
                        <th scope="col">"Last used"</th><th scope="col">"State"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn inactive_row(token: TokenView) -> AnyView {
    let revoked = token.revoked_at.map(|at| view! { <span class="sub"><When at=at/></span> });
    view! {
        <tr>
            <NameCell id=format!("token-{}", token.id) name=token.name hint=token.hint/>
            <td data-label="Scopes"><ScopeList scopes=token.scopes/></td>
            <td data-label="Last used"><LastUsed at=token.last_used from=token.last_used_from/></td>
            <td data-label="State"><span class="tag">"Revoked"</span>{revoked}</td>
        </tr>
    }
    .into_any()
}
