//! i18n of islands: the server translates the labels, and they reach the island as a prop.

/// A struct of labels: a getter for each, and on the server a constructor that translates them.
macro_rules! labels {
    ($(#[$docs:meta])* $name:ident { $($label:ident: $key:literal,)* }) => {
        // A `Vec`, not named fields: deserializing, cloning and dropping each costs kilobytes of
        // WASM.
        $(#[$docs])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name(Vec<String>);

        const _: () = {
            #[expect(non_camel_case_types, reason = "the index of each label by its name")]
            enum Index {
                $($label,)*
            }

            impl $name {
                $(
                    #[doc = $key]
                    pub(crate) fn $label(&self) -> String {
                        crate::views::labels::label(&self.0, Index::$label as usize)
                    }
                )*

                /// The labels in the language of the page.
                #[cfg(feature = "ssr")]
                pub(crate) fn translate() -> Self {
                    use crate::i18n::translate;
                    Self(vec![$(translate($key),)*])
                }
            }
        };
    };
}

pub(crate) use labels;

/// The label at this index.
pub(crate) fn label(labels: &[String], index: usize) -> String {
    labels.get(index).cloned().unwrap_or_default()
}
