//! i18n message files: the folders of `app/locales`, embedded in the binary by `app/build.rs`.

/// A language: a folder of `app/locales`.
pub(super) struct Locale {
    /// The name of the folder: the language tag (BCP 47).
    pub(super) tag: &'static str,
    /// The texts of its files.
    pub(super) files: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/locales.rs"));
