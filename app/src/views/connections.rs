//! The applications that the person allowed: the list and its question.

use super::rights::rights;
use super::words::words;
use super::{Avatar, Day, Empty, GetButton, Glyph, Name, Pieces, Question, ToView, View, When, table};
use leptos::prelude::*;
use oauth::Timestamp;
use oauth::answer::{ConnectionRow, ConnectionsDialog, ConnectionsView, Piece, RemoveQuestion};

/// The page with the list.
pub const LIST: &str = "/account/applications";

words! {
    /// What stands on the page of applications, whatever is in the list.
    ConnectionWords {
        lead: "connections-lead",
        table: "tab-applications",
        application: "connections-application",
        rights: "connections-rights",
        allowed: "connections-allowed",
        last_used: "connections-last-used",
        never_used: "never-used",
        actions: "column-actions",
        remove: "connections-remove",
        stops: "connections-stops",
        empty: "connections-empty",
        empty_next: "connections-empty-next",
        ok: "ok",
        cancel: "cancel",
        no_answer: "no-answer",
        without_sentence: "right-without-sentence",
        reads: "right-reads",
        changes: "right-changes",
        away: "right-away",
    }
}

/// The words of the page, for every view on it.
pub(crate) type Words = StoredValue<ConnectionWords>;

/// Where the focus goes when the page has loaded: to the button of the row with this id, or to nothing.
pub(crate) type Focus = Option<String>;

/// The address of a row's question.
pub(crate) fn removal(id: &str) -> String {
    [LIST, "/", id, "/remove"].concat()
}

/// The question that stands open; nothing where nothing is left to ask.
pub(crate) fn dialog(dialog: ConnectionsDialog, words: Words) -> View {
    let ConnectionsDialog::Remove(question) = dialog else { return ().view() };
    let say = words.get_value();
    let RemoveQuestion { id, title, text, stops, uses, asked } = question;
    let title = view! { <Pieces of=title/> }.view();
    view! {
        <Question id="remove-access" title=title action=removal(&id) back=LIST ok=say.ok() cancel=say.cancel()>
            <p><Pieces of=text/></p>
            <p>{say.stops()}</p>
            {rights(stops, &say)}
            {done(uses, asked)}
        </Question>
    }
    .view()
}

/// What the application did lately.
pub(crate) fn done(uses: String, asked: Vec<Piece>) -> View {
    let uses = (!uses.is_empty()).then(|| view! { <span class="sub">{uses}</span> });
    let asked = (!asked.is_empty()).then(|| view! { <span class="sub"><Pieces of=asked/></span> });
    view! { {uses}{asked} }.view()
}

/// The list with what stands around it.
#[component]
pub(crate) fn Panel(list: Signal<ConnectionsView>, words: Words, #[prop(optional)] focus: Focus) -> View {
    (move || match list.with(|list| list.rows.is_empty()) {
        true => nothing(words),
        false => applications(list, words, focus.clone()),
    })
    .view()
}

fn nothing(words: Words) -> View {
    let say = words.get_value();
    view! { <Empty glyph=Glyph::Apps title=say.empty()><p>{say.empty_next()}</p></Empty> }.view()
}

fn applications(list: Signal<ConnectionsView>, words: Words, focus: Focus) -> View {
    let say = words.get_value();
    let heads = vec![say.application(), say.rights(), say.allowed(), say.last_used()];
    let rows = move || list.with(|list| list.rows.clone());
    let row = move |row: ConnectionRow| {
        let focused = focus.as_ref() == Some(&row.id);
        view! { <Row row=row words=words focused=focused/> }
    };
    let body = view! { <For each=rows key=ConnectionRow::clone children=row/> }.view();
    view! { <p class="lead">{say.lead()}</p>{table(say.table(), heads, Some(say.actions()), body)} }.view()
}

#[component]
fn Row(row: ConnectionRow, words: Words, focused: bool) -> View {
    let say = words.get_value();
    let id = format!("connection-{}", row.id);
    let (remove, detail) = (removal(&row.id), format!("{LIST}/{}", row.id));
    let by = (!row.by.is_empty()).then(|| view! { <span class="sub"><Pieces of=row.by/></span> });
    view! {
        <tr>
            <th scope="row" aria-labelledby=id.clone()>
                <div class="with-icon">
                    <Avatar of=row.name.clone()/>
                    <div><a id=id.clone() href=detail><Name of=row.name/></a>{by}</div>
                </div>
            </th>
            <td data-label=say.rights()>{rights(row.rights, &say)}</td>
            <td data-label=say.allowed()><Day at=row.allowed_at/></td>
            <td data-label=say.last_used()>{used(row.last_used, say.never_used())}{done(row.uses, row.asked)}</td>
            <td class="end">
                <GetButton to=remove label=say.remove() class="button small" described_by=id focused=focused/>
            </td>
        </tr>
    }
    .view()
}

/// When something was last used.
pub(crate) fn used(at: Option<Timestamp>, never: String) -> View {
    at.map_or_else(|| never.view(), |at| view! { <When at=at/> }.view())
}
