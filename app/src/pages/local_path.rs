//! Paths that a page may continue to.

/// Open-redirect guard: a local path stays, anything else becomes `/`.
pub(super) fn local_path(path: &str) -> String {
    let local = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    if local { path.to_owned() } else { "/".to_owned() }
}
