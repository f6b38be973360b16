use crate::controls::CopyButton;
use crate::words::say_with;
use leptos::prelude::*;

/// A value to copy, read-only and selectable, with an island that copies it.
/// `label` is the field's name; `copy` the button's, such as "Copy token value".
#[component]
pub(crate) fn SecretField(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] copy: String,
    #[prop(into)] value: String,
    #[prop(optional)] focused: bool,
) -> AnyView {
    let done = say_with("secret-copied", [("what", label.clone().into())]);
    let rows = if value.len() > 40 { "3" } else { "1" };
    view! {
        <div class="secret-row">
            <label for=id class="label">{label}</label>
            <textarea
                id=id class="mono secret" rows=rows readonly dir="ltr" autocomplete="off" spellcheck="false" translate="no"
                autofocus=focused
            >{value}</textarea>
            <div class="actions">
                <CopyButton target=id.to_owned() label=copy done=done once=true/>
            </div>
        </div>
    }
    .into_any()
}
