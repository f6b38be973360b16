//! Spelling suggestions by Levenshtein distance.

/// The nearest name: at most three edits, and at most half of the length.
#[must_use]
pub fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = names.map(|name| (distance(name, written), name)).min()?;
    (near.0 <= (written.len() / 2).min(3)).then_some(near.1)
}

/// The Levenshtein distance in bytes.
#[must_use]
pub fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        for (cell, right) in row.iter_mut().skip(1).zip(b.bytes()) {
            let best = (diagonal + usize::from(left != right)).min(before + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = best;
            before = best;
        }
    }
    if b.is_empty() { a.len() } else { row.last().copied().unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_is_seen_through_and_another_word_is_not() {
        let of = |written| nearest(written, ["birthdate", "email_verified", "locale"].into_iter());
        assert_eq!((of("birthday"), of("emailverified")), (Some("birthdate"), Some("email_verified")));
        assert_eq!((of("groups"), of("x"), of("")), (None, None, None));
    }
}
