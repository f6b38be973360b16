use super::words::words;

words! {
    /// What stands beside a password field.
    PasswordWords {
        show: "password-show",
        hide: "password-hide",
        caps: "password-caps",
        visible: "password-visible",
        visible_caps: "password-visible-caps",
    }
}
