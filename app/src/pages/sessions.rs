use super::count;
use crate::components::{Confirm, Empty, Glyph, LinkButton, Name, Opens, PostForm, Question, Tab, Tabs, When};
use crate::frame::Frame;
use crate::shell::{self, Document};
use leptos::prelude::*;
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
        Document::new("Tokens and sessions", main)
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
            <p class="lead">"The browsers in which you are signed in. End those that you do not know."</p>
            {(others > 0).then(|| view! {
                <LinkButton to="/account/sessions/others" label="Sign out everywhere else" opens=opens/>
            })}
        </div>
        <div class="table">
            <table>
                <caption class="hidden-visually">"Sessions"</caption>
                <thead><tr>
                    <th scope="col">"Browser"</th>
                    <th scope="col">"Address"</th>
                    <th scope="col">"Signed in"</th>
                    <th scope="col">"Last active"</th>
                    <th scope="col"><span class="hidden-visually">"Actions"</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(others == 0).then(|| view! {
            <Empty glyph=Glyph::Screen title="You are signed in only here">
                <p>"A browser appears in this list when you sign in with it."</p>
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
                <span id=id.clone()><Name of=session.device/></span>
                {session.current.then(|| view! { " "<span class="tag good">"This device"</span> })}
                <details><summary class="sub">"Details"</summary><code class="sub" dir="ltr">{session.user_agent}</code></details>
            </th>
            <td data-label="Address"><code dir="ltr">{session.address}</code></td>
            <td data-label="Signed in"><When at=session.signed_in_at/></td>
            <td data-label="Last active"><When at=session.last_seen_at/></td>
            <td class="end">
                <PostForm action=format!("/account/sessions/{}/end", session.id)>
                    <button type="submit" class="button small" aria-describedby=id>"Sign out"</button>
                </PostForm>
            </td>
        </tr>
    }
    .into_any()
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
    let others = count(i64::try_from(others).unwrap_or(i64::MAX), "other browser", "other browsers");
    view! {
        <Confirm question=question title="Sign out everywhere else?".into_any()>
            <p>{format!("You will be signed out of {others}. This one stays signed in.")}</p>
        </Confirm>
    }
    .into_any()
}
