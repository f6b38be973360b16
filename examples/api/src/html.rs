//! Pages: one frame, and nothing in it that needs JavaScript.

use axum::{
    http::header,
    response::{Html, IntoResponse, Response},
};

/// Text made safe between tags and inside quoted attributes.
pub fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, char| {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
        safe
    })
}

/// A whole page around `main`, which is HTML; `title` is text.
pub fn page(title: &str, main: &str) -> Response {
    let title = escape(title);
    let document = format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – example API</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<header><a href="/">InfraViewer</a> <nav aria-label="Main"><a href="/docs">Swagger UI</a></nav></header>
<main><h1>{title}</h1>
{main}
</main>
</body>
</html>
"#
    );
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ];
    (headers, Html(document)).into_response()
}

/// The page for a request that was refused; the status is the caller's.
pub fn error_page(text: &str, error: &str) -> Response {
    let error = escape(error);
    let main = format!(
        r#"<p>Nothing was written. The API answered <code>{error}</code>.</p>
<p><a href="/login?next=/">Sign in</a> or go <a href="/">back to InfraViewer</a>.</p>"#
    );
    page(text, &main)
}

/// `GET /style.css`
pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css")], include_str!("style.css")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escape(r#"<a b="c" d='e'>&"#), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
        assert_eq!(escape("Añe 1"), "Añe 1");
    }
}
