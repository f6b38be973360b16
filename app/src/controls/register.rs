use crate::frame;
use crate::islands::{PreviewIsland, UrlIsland};
use crate::words::{say, say_with};
use leptos::prelude::*;

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

/// The question that people will be asked, as the name is being typed; nothing until then.
#[component]
pub(crate) fn HeadingPreview() -> AnyView {
    let operator = frame::current().operator.clone();
    let heading = say_with("consent-preview", [("name", "{name}".into()), ("operator", operator.into())]);
    view! {
        <div>
            <p class="hint" data-heading=heading hidden></p>
            <PreviewIsland/>
        </div>
    }
    .into_any()
}
