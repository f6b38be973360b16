use crate::components::{Confirm, Empty, Glyph, LinkButton, Opens, PostForm, Question, Tab, Tabs, When};
use crate::frame::Frame;
use crate::shell::{self, Document};
use crate::words::{say, say_with};
use leptos::prelude::*;
use oauth::device::Device;
use oauth::view::SessionView;

/// The tab Sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionsPage {
    /// The signed-in browsers, this one among them.
    pub sessions: Vec<SessionView>,
    /// Whether "Sign out everywhere else?" stands open.
    pub confirm_others: bool,
}

/// The signed-in browsers of the person.
#[must_use]
pub fn sessions(frame: &Frame, page: SessionsPage) -> String {
    shell::render(frame, || {
        let SessionsPage { sessions, confirm_others } = page;
        let others = sessions.iter().filter(|session| !session.current).count();
        let main = view! { <Tabs selected=Tab::Sessions><Panel sessions=sessions others=others/></Tabs> };
        Document::new(say("tokens-and-sessions"), main)
            .dialog(confirm_others, view! { <Others open=confirm_others others=others/> })
    })
}

#[component]
fn Panel(mut sessions: Vec<SessionView>, others: usize) -> AnyView {
    sessions.sort_by_key(|session| !session.current);
    let rows: Vec<_> = sessions.into_iter().map(|session| view! { <Row session=session/> }).collect();
    let opens = Opens { dialog: "end-others", ..Opens::default() };
    view! {
        <div class="page-head">
            <p class="lead">{say("sessions-lead")}</p>
            {(others > 0).then(|| view! {
                <LinkButton to="/account/sessions/others" label=say("sessions-end-others") opens=opens/>
            })}
        </div>
        <div class="table">
            <table>
                <caption class="hidden-visually">{say("tab-sessions")}</caption>
                <thead><tr>
                    <th scope="col">{say("sessions-browser")}</th>
                    <th scope="col">{say("sessions-address")}</th>
                    <th scope="col">{say("sessions-signed-in")}</th>
                    <th scope="col">{say("sessions-last-active")}</th>
                    <th scope="col"><span class="hidden-visually">{say("column-actions")}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(others == 0).then(|| view! {
            <Empty glyph=Glyph::Screen title=say("sessions-only-here")>
                <p>{say("sessions-only-here-next")}</p>
            </Empty>
        })}
    }
    .into_any()
}

#[component]
fn Row(session: SessionView) -> AnyView {
    let id = format!("session-{}", session.id);
    view! {
        <tr>
            <th scope="row">
                <span id=id.clone()><bdi>{words_of(&session.device)}</bdi></span>
                {session.current.then(|| view! { " "<span class="tag good">{say("sessions-this-device")}</span> })}
                <details><summary class="sub">{say("sessions-details")}</summary><code class="sub" dir="ltr">{session.user_agent}</code></details>
            </th>
            <td data-label=say("sessions-address")><code dir="ltr">{session.address}</code></td>
            <td data-label=say("sessions-signed-in")><When at=session.signed_in_at/></td>
            <td data-label=say("sessions-last-active")><When at=session.last_seen_at/></td>
            <td class="end">
                <PostForm action=format!("/account/sessions/{}/end", session.id)>
                    <button type="submit" class="button small" aria-describedby=id>{say("sign-out")}</button>
                </PostForm>
            </td>
        </tr>
    }
    .into_any()
}

/// "Firefox on Linux": a help to recognise one's own browsers.
fn words_of(device: &Device) -> String {
    match (device.browser.clone(), device.system.clone()) {
        (Some(browser), Some(system)) => {
            say_with("device-on", [("browser", browser.into()), ("system", system.into())])
        }
        (Some(browser), None) => browser,
        (None, Some(system)) => say_with("device-unknown-on", [("system", system.into())]),
        (None, None) => say("device-unknown"),
    }
}

#[component]
fn Others(open: bool, others: usize) -> AnyView {
    let question = Question {
        id: "end-others",
        open,
        action: "/account/sessions/others".to_owned(),
        back: "/account/sessions".to_owned(),
        fields: None,
    };
    let others = i64::try_from(others).unwrap_or(i64::MAX);
    view! {
        <Confirm question=question title=say("sessions-end-others-question").into_any()>
            <p>{say_with("sessions-end-others-text", [("count", others.into())])}</p>
        </Confirm>
    }
    .into_any()
}
