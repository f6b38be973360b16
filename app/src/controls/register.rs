use crate::frame;
use crate::islands::{PreviewIsland, UrlIsland};
use crate::words::{say, say_with};
use leptos::prelude::*;
use oauth::form::visible;

/// The button "Add redirect URL", with a sentence for everything that can be wrong with an address (`oauth::redirect_uri`).
#[component]
pub(crate) fn UrlList() -> AnyView {
    view! {
        <button
            type="submit" name="intent" value="add" class="button"
            data-uri-missing=say("uri-missing")
            data-uri-long=say("uri-long")
            data-uri-ascii=say("uri-ascii")
            data-uri-characters=say("uri-characters")
            data-uri-fragment=say("uri-fragment")
            data-uri-wildcard=say("uri-wildcard")
            data-uri-whole=say("uri-whole")
            data-uri-kind=say("uri-kind")
            data-uri-scheme=say("uri-scheme")
            data-uri-host=say("uri-host")
            data-uri-userinfo=say("uri-userinfo")
            data-uri-host-form=say("uri-host-form")
            data-uri-https=say("uri-https")
            data-uri-response-names=say("uri-response-names")
        >{say("uri-add")}</button>
        <UrlIsland/>
    }
    .into_any()
}

/// The question that people will be asked, with the name that the server knows, then as it is being typed; nothing while
/// there is none.
#[component]
pub(crate) fn HeadingPreview(name: String) -> AnyView {
    let operator = frame::current().operator.clone();
    let heading =
        |name: &str| say_with("consent-preview", [("name", name.into()), ("operator", operator.as_str().into())]);
    let none = name.trim().is_empty();
    view! {
        <div>
            <p class="hint" data-heading=heading("{name}") hidden=none><bdi>{heading(&visible(&name))}</bdi></p>
            <PreviewIsland/>
        </div>
    }
    .into_any()
}
