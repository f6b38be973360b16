//! The risk of a scope, as set by the operator; never derived from its name.

use serde::{Deserialize, Serialize};

/// The risk of a scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Not set.
    #[default]
    Unknown,
    /// It reads.
    Reads,
    /// It makes changes.
    Changes,
    /// It works while the person is away.
    Away,
}

impl Risk {
    /// Every risk.
    pub const ALL: [Self; 4] = [Self::Reads, Self::Changes, Self::Away, Self::Unknown];

    /// Its name in the database and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Changes => "changes",
            Self::Away => "away",
            Self::Unknown => "unknown",
        }
    }

    /// Reads what [`Risk::as_str`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|risk| risk.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::Risk;

    #[test]
    fn a_risk_is_read_as_it_is_written_and_nothing_else_is_one() {
        for risk in Risk::ALL {
            assert_eq!(Risk::parse(risk.as_str()), Some(risk));
            assert_eq!(serde_json::to_value(risk).ok(), Some(risk.as_str().into()));
        }
        assert_eq!((Risk::parse("Reads"), Risk::parse("")), (None, None));
        assert_eq!(Risk::default(), Risk::Unknown);
    }
}
