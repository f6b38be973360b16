//! Problem ids: the last part of an `error_uri` (RFC 6749 §4.1.2.1 and §5.2).

use crate::ErrorCode;

/// Length of the random part of a problem id: 130 bits.
const DIGITS: usize = 26;

/// The problem id in the URL of an error page. It contains the error code, so that readers without
/// access get the same page whether the problem exists or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemId {
    /// The error code.
    pub code: ErrorCode,
    /// Whether it identifies a problem, not only an error code.
    pub single: bool,
}

impl ProblemId {
    /// The id of a problem: 26 base-32 digits of this MAC.
    #[must_use]
    pub fn write(code: ErrorCode, mac: &[u8; 32]) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let digits = mac.iter().take(DIGITS).map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
        format!("{code}-{}", digits.collect::<String>())
    }

    /// Parses an error code, or one with 26 digits. `None`: there is no such page.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, digits) = text.split_once('-').map_or((text, None), |(kind, digits)| (kind, Some(digits)));
        let good = |digits: &str| {
            digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let code = ErrorCode::parse(kind).filter(|_| digits.is_none_or(good))?;
        Some(Self { code, single: digits.is_some() })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_id_carries_its_kind_and_is_read_back() {
        let id = ProblemId::write(ErrorCode::InvalidGrant, &[255; 32]);
        assert_eq!(id, format!("invalid_grant-{}", "z".repeat(26)));
        assert_eq!(ProblemId::parse(&id), Some(ProblemId { code: ErrorCode::InvalidGrant, single: true }));
        let kind = ProblemId::parse("invalid_client").unwrap();
        assert_eq!((kind.code, kind.single), (ErrorCode::InvalidClient, false));
        for bad in
            ["", "nonsense", "invalid_grant-", "invalid_grant-x", &id[..39], &format!("{id}0"), &id.to_uppercase()]
        {
            assert_eq!(ProblemId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_id_is_what_rfc_6749_lets_stand_in_error_uri() {
        let mac: Vec<u8> = (0..32).collect();
        let id = ProblemId::write(ErrorCode::InvalidScope, &mac.try_into().unwrap());
        assert!(id.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E)));
    }
}
