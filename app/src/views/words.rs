//! The words of an island: one struct of sentences, a prop of the island, told by the server in the language of the page.

/// A struct of words, and on the server how it comes by them.
macro_rules! words {
    ($(#[$docs:meta])* $name:ident { $($field:ident: $key:literal,)* }) => {
        $(#[$docs])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(from = "Vec<String>", into = "Vec<String>")]
        pub struct $name {
            $(#[doc = $key] pub $field: String,)*
        }

        // A list on the wire: reading a struct by its names costs kilobytes of code.
        impl From<$name> for Vec<String> {
            fn from(words: $name) -> Self {
                vec![$(words.$field,)*]
            }
        }

        impl From<Vec<String>> for $name {
            fn from(words: Vec<String>) -> Self {
                let mut words = words.into_iter();
                Self { $($field: words.next().unwrap_or_default(),)* }
            }
        }

        #[cfg(feature = "ssr")]
        impl $name {
            /// The words in the language of the page.
            pub(crate) fn say() -> Self {
                use crate::words::say;
                Self { $($field: say($key),)* }
            }
        }
    };
}

pub(crate) use words;
