//! The words of an island: one list of sentences, a prop of the island, told by the server in the language of the page.

/// A list of words with a name for each, and on the server how it comes by them.
macro_rules! words {
    ($(#[$docs:meta])* $name:ident { $($word:ident: $key:literal,)* }) => {
        // A list and not a struct of fields: reading, copying and dropping fields one by one costs kilobytes of code.
        $(#[$docs])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name(Vec<String>);

        const _: () = {
            #[expect(non_camel_case_types, reason = "the places of the words, by their names")]
            enum Place {
                $($word,)*
            }

            impl $name {
                $(
                    #[doc = $key]
                    pub(crate) fn $word(&self) -> String {
                        crate::views::words::word(&self.0, Place::$word as usize)
                    }
                )*

                /// The words in the language of the page.
                #[cfg(feature = "ssr")]
                pub(crate) fn say() -> Self {
                    use crate::words::say;
                    Self(vec![$(say($key),)*])
                }
            }
        };
    };
}

pub(crate) use words;

/// The word at this place.
pub(crate) fn word(words: &[String], place: usize) -> String {
    words.get(place).cloned().unwrap_or_default()
}
