use super::{LIST, Words};
use crate::views::{BackForm, Cancel, Dialog, Field, Pieces, PostForm, ProblemSummary, Text, ToView, View};
use leptos::prelude::*;
use oauth::answer::{RenameQuestion, TokenDialog, told_of};

/// "Rename …": the name, and nothing else of a token, can be changed.
#[component]
pub(super) fn Rename(question: RenameQuestion, words: Words) -> View {
    let say = words.get_value();
    let RenameQuestion { id, title, name, problems, .. } = question;
    let text = Text {
        name: "name",
        value: name,
        hint: say.name_hint(),
        error: told_of(&problems, "name"),
        focused: problems.is_empty(),
        ..Text::default()
    };
    view! {
        <Dialog id="rename-token" title=view! { <Pieces of=title/> }.view()>
            <ProblemSummary title=say.problem() problems=problems/>
            <PostForm action=format!("{LIST}/{id}/rename") id=TokenDialog::FORM>
                <Field label=say.name() text=text/>
                <div class="actions">
                    <button type="submit" class="button filled">{say.rename()}</button>
                    <Cancel form="rename-token-back" label=say.cancel()/>
                </div>
            </PostForm>
            <BackForm id="rename-token-back" to=LIST/>
        </Dialog>
    }
    .view()
}
