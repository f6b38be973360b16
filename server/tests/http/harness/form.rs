//! The forms of a page, read as a browser without scripts reads them.

/// The fields that a form sends if nothing is typed.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// Every form of the page that posts.
    pub fn all(html: &str) -> Vec<Self> {
        let html = without_templates(html);
        let posting = html.split("<form ").skip(1).filter(|form| form.starts_with("method=\"post\""));
        posting.map(|form| read(form.split("</form>").next().unwrap())).collect()
    }

    /// The form that posts to this path.
    pub fn find(html: &str, action: &str) -> Option<Self> {
        Self::all(html).into_iter().find(|form| form.action == action)
    }

    /// The form with a field set, whatever it was before.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(key, _)| key != name);
        self.also(name, value)
    }

    /// The form with one more value of a field.
    pub fn also(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value that a field has.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The page without the contents of `<template>`.
fn without_templates(html: &str) -> String {
    let mut parts = html.split("<template");
    let first = parts.next().unwrap().to_owned();
    let rest = parts.map(|part| part.split_once("</template>").map_or("", |(_, after)| after));
    std::iter::once(first.as_str()).chain(rest).collect()
}

fn read(form: &str) -> Form {
    let (tag, inner) = form.split_once('>').unwrap();
    let inputs = inner.split("<input ").skip(1).map(|input| input.split('>').next().unwrap());
    let fields = inputs.filter(|input| is_sent(input)).filter_map(|input| {
        let value = attribute(input, "value").unwrap_or_default();
        Some((attribute(input, "name")?, value))
    });
    Form { action: attribute(tag, "action").unwrap(), fields: fields.collect() }
}

fn is_sent(input: &str) -> bool {
    let chosen = input.split_whitespace().any(|word| word.trim_end_matches('/') == "checked");
    match attribute(input, "type").as_deref() {
        Some("checkbox" | "radio") => chosen,
        _ => true,
    }
}

/// The value of a tag's attribute.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = format!(" {tag}");
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| unescape(value))
}

/// Entities as characters.
pub fn unescape(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&#x27;", "'").replace("&#39;", "'");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The secret of this kind that a page shows.
pub fn secret_in(html: &str, prefix: &str) -> String {
    // The hint in the list has the same prefix, and then a sign that no secret has.
    let found =
        html.match_indices(prefix).map(|(at, _)| html[at..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
    found.filter_map(|mut parts| parts.next()).find(|text| text.len() == prefix.len() + 49).unwrap().to_owned()
}
