//! Hexadecimal encoding.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Two lower-case hexadecimal digits for each byte.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = vec![b'0'; bytes.len() * 2];
    write(bytes, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// Encodes into a buffer, as far as it reaches.
pub(crate) fn write(bytes: &[u8], text: &mut [u8]) {
    for (pair, byte) in text.as_chunks_mut::<2>().0.iter_mut().zip(bytes) {
        *pair = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_byte_is_two_digits() {
        assert_eq!(super::encode(&[]), "");
        assert_eq!(super::encode(&[0, 7, 0x9a, 255]), "00079aff");
    }
}
