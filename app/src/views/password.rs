//! i18n labels of the controls beside a password field.

use super::labels::labels;

labels! {
    /// The labels beside a password field.
    PasswordLabels {
        show: "password-show",
        hide: "password-hide",
        caps: "password-caps",
        visible: "password-visible",
        visible_caps: "password-visible-caps",
    }
}
