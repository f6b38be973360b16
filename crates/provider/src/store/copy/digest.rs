//! A digest of a table: equal on both kinds of database if every value of every row is equal.

use super::value::Value;
use sha2::{Digest as _, Sha256};

/// Row count, and the SHA-256 of the rows in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    pub rows: u64,
    pub sha256: String,
}

impl Default for Sum {
    /// The sum of no rows.
    fn default() -> Self {
        Digest::default().sum()
    }
}

/// A [`Sum`] that rows are still added to.
#[derive(Default)]
pub struct Digest {
    rows: u64,
    hash: Sha256,
}

impl Digest {
    /// Adds the next row. Each value is prefixed with type and length, so that no two rows have the
    /// same encoding.
    pub fn add(&mut self, row: &[Value]) {
        self.rows += 1;
        for value in row {
            match value {
                Value::Text(None) | Value::Number(None) => self.hash.update([0]),
                Value::Text(Some(text)) => {
                    self.hash.update([1]);
                    self.hash.update((text.len() as u64).to_be_bytes());
                    self.hash.update(text.as_bytes());
                }
                Value::Number(Some(number)) => {
                    self.hash.update([2]);
                    self.hash.update(number.to_be_bytes());
                }
            }
        }
    }

    /// Finishes the digest.
    pub fn sum(self) -> Sum {
        let sha256 = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Sum { rows: self.rows, sha256 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(rows: &[&[Value]]) -> Sum {
        let mut digest = Digest::default();
        rows.iter().for_each(|row| digest.add(row));
        digest.sum()
    }

    fn text(text: &str) -> Value {
        Value::Text(Some(text.to_owned()))
    }

    #[test]
    fn equal_rows_have_equal_sums_and_every_other_list_of_rows_another() {
        let lists: [&[&[Value]]; 8] = [
            &[],
            &[&[text("ab"), text("c")]],
            &[&[text("a"), text("bc")]],
            &[&[text("ab")], &[text("c")]],
            &[&[text("ab"), Value::Text(None)]],
            &[&[text("ab"), text("")]],
            &[&[text("ab"), Value::Number(Some(0))]],
            &[&[text("c")], &[text("ab")]],
        ];
        for (index, list) in lists.iter().enumerate() {
            for (other, another) in lists.iter().enumerate() {
                assert_eq!(sum(list) == sum(another), index == other, "{index} {other}");
            }
        }
    }
}
