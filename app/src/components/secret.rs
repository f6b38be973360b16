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
    view! {
        <crate::views::SecretField id=id label=label value=value focused=focused>
            <CopyButton target=id.to_owned() label=copy done=done once=true/>
        </crate::views::SecretField>
    }
    .into_any()
}
