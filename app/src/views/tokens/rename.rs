//! The dialog that renames a token.

use super::labels::Labels;
use super::paths::LIST;
use crate::views::{BackForm, Cancel, Dialog, Field, Pieces, PostForm, ProblemSummary, Text, ToView, View};
use leptos::prelude::*;
use oauth::answer::{RenameQuestion, TokenDialog, message_for};

/// "Rename …": only the name of a token can change.
#[component]
pub(super) fn Rename(question: RenameQuestion, labels: Labels) -> View {
    let t = labels.get_value();
    let RenameQuestion { id, title, name, problems, .. } = question;
    let text = Text {
        name: "name",
        value: name,
        hint: t.name_hint(),
        error: message_for(&problems, "name"),
        focused: problems.is_empty(),
        ..Text::default()
    };
    view! {
        <Dialog id="rename-token" title=view! { <Pieces of=title/> }.view()>
            <ProblemSummary title=t.problem() problems=problems/>
            <PostForm action=format!("{LIST}/{id}/rename") id=TokenDialog::FORM>
                <Field label=t.name() text=text/>
                <div class="actions">
                    <button type="submit" class="button filled">{t.rename()}</button>
                    <Cancel form="rename-token-back" label=t.cancel()/>
                </div>
            </PostForm>
            <BackForm id="rename-token-back" to=LIST/>
        </Dialog>
    }
    .view()
}
