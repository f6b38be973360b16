//! Sessions: the list and the question before signing out others.

use crate::views::labels::labels;
use crate::views::{ConfirmDialog, EmptyState, GetButton, Glyph, PostForm, ToView, View, When, table};
use leptos::prelude::*;
use oauth::answer::{SessionRow, SessionsDialog, SessionsView};

/// The page with the list.
pub const LIST: &str = "/account/sessions";
/// The path that signs out every other browser.
pub const OTHERS: &str = "/account/sessions/others";

/// The id of the form that signs out this browser.
pub(crate) const HERE: &str = "end-here";

labels! {
    /// The fixed texts of the sessions page.
    SessionLabels {
        lead: "sessions-lead",
        table: "tab-sessions",
        browser: "sessions-browser",
        address: "sessions-address",
        signed_in: "sessions-signed-in",
        last_active: "sessions-last-active",
        actions: "column-actions",
        this_device: "sessions-this-device",
        details: "sessions-details",
        sign_out: "sign-out",
        only_here: "sessions-only-here",
        only_here_next: "sessions-only-here-next",
        end_others: "sessions-end-others",
        end_others_question: "sessions-end-others-question",
        cancel: "cancel",
        no_answer: "no-answer",
    }
}

/// The labels of the page, shared by its views.
pub(crate) type Labels = StoredValue<SessionLabels>;

/// The open dialog; nothing where there is none.
pub(crate) fn dialog(dialog: SessionsDialog, labels: Labels) -> View {
    let SessionsDialog::EndOthers(text) = dialog else { return ().view() };
    let t = labels.get_value();
    let title = t.end_others_question().view();
    view! {
        <ConfirmDialog id="end-others" title=title action=OTHERS back=LIST ok=t.end_others() cancel=t.cancel()><p>{text}</p></ConfirmDialog>
    }
    .view()
}

/// The list with its lead and empty state.
#[component]
pub(crate) fn Panel(list: Signal<SessionsView>, labels: Labels) -> View {
    let t = labels.get_value();
    let heads = vec![t.browser(), t.address(), t.signed_in(), t.last_active()];
    let rows = move || list.with(|list| list.rows.clone());
    let row = move |row| view! { <Row row=row labels=labels/> };
    let body = view! { <For each=rows key=SessionRow::clone children=row/> }.view();
    view! {
        <div class="page-head">
            <p class="lead">{t.lead()}</p>
            {move || list.with(SessionsView::has_others).then(|| others(labels))}
        </div>
        {table(t.table(), heads, Some(t.actions()), body)}
        {move || (!list.with(SessionsView::has_others)).then(|| only_here(labels))}
    }
    .view()
}

fn others(labels: Labels) -> View {
    view! { <GetButton to=OTHERS label=labels.with_value(|t| t.end_others())/> }.view()
}

fn only_here(labels: Labels) -> View {
    let t = labels.get_value();
    view! { <EmptyState glyph=Glyph::Screen title=t.only_here()><p>{t.only_here_next()}</p></EmptyState> }.view()
}

#[component]
fn Row(row: SessionRow, labels: Labels) -> View {
    let t = labels.get_value();
    let SessionRow { session, device } = row;
    let id = format!("session-{}", session.id);
    let action = format!("{LIST}/{}/end", session.id);
    // Signing out here navigates to the sign-in page: not handled by the island.
    let form = if session.current { HERE.to_owned() } else { format!("end-{}", session.id) };
    let tag = session.current.then(|| view! { " "<span class="tag good">{t.this_device()}</span> });
    view! {
        <tr>
            <th scope="row">
                <span id=id.clone()><bdi>{device}</bdi></span>
                {tag}
                <details><summary class="sub">{t.details()}</summary><code class="sub" dir="ltr">{session.user_agent}</code></details>
            </th>
            <td data-label=t.address()><code dir="ltr">{session.address}</code></td>
            <td data-label=t.signed_in()><When at=session.signed_in_at/></td>
            <td data-label=t.last_active()><When at=session.last_seen_at/></td>
            <td class="end">
                <PostForm action=action id=form>
                    <button type="submit" class="button small" aria-describedby=id>{t.sign_out()}</button>
                </PostForm>
            </td>
        </tr>
    }
    .view()
}
