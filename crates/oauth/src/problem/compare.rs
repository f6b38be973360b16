//! Comparing redirect URIs character by character.

use serde::{Deserialize, Serialize};

/// The first difference from the nearest redirect URI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The nearest redirect URI.
    pub nearest: String,
    /// The length of the common prefix in characters: the index of the first difference.
    pub at: usize,
}

/// The redirect URI with the longest common prefix, then suffix. `None`: none is registered.
#[must_use]
pub fn nearest(sent: &str, registered: &[String]) -> Option<Difference> {
    let best = registered.iter().rev().max_by_key(|uri| (common(sent.chars(), uri.chars()), ending(sent, uri)))?;
    Some(Difference { nearest: best.clone(), at: common(sent.chars(), best.chars()) })
}

fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

fn ending(one: &str, other: &str) -> usize {
    common(one.chars().rev(), other.chars().rev())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sent: &str, registered: &[&str]) -> Option<(String, usize)> {
        let registered: Vec<String> = registered.iter().map(|uri| (*uri).to_owned()).collect();
        nearest(sent, &registered).map(|found| (found.nearest, found.at))
    }

    #[test]
    fn the_first_character_that_differs_is_named() {
        let cases = [
            ("https://a.example/cb/", "https://a.example/cb", 20),
            ("https://a.example/CB", "https://a.example/cb", 18),
            ("http://a.example/cb", "https://a.example/cb", 4),
            ("é", "e", 0),
        ];
        for (sent, registered, at) in cases {
            assert_eq!(found(sent, &[registered]), Some((registered.to_owned(), at)));
        }
        assert_eq!(found("https://a.example/cb", &[]), None);
    }

    #[test]
    fn the_nearest_is_the_one_that_agrees_for_the_longest() {
        let registered = ["https://a.example/one", "https://b.example/two", "https://b.example/three"];
        assert_eq!(found("https://b.example/twO", &registered), Some((registered[1].to_owned(), 20)));
        assert_eq!(found("http://b.example/three", &registered), Some((registered[2].to_owned(), 4)));
        assert_eq!(found("x", &registered), Some((registered[0].to_owned(), 0)));
    }
}
