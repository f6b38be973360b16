use super::words::words;

words! {
    /// What stands about the forms of the account, whatever is in them.
    AccountWords {
        problem: "problem",
        no_answer: "no-answer",
    }
}
