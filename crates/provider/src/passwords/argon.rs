//! Argon2id with reused memory.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::error::Error;

/// The working memory of a thread: 19 MiB after its first password. It is never freed, because
/// freed blocks of that size stay in the allocator's arena of every thread that used one.
pub type ArgonMemory = Vec<Block>;

/// The hash that an unknown user's password is compared with: same cost, and no known password.
pub const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$amV0b24tZHVtbXktc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes a new password; returns a PHC string.
///
/// # Errors
/// `Internal`.
pub fn hash(password: &str, salt: [u8; 16], memory: &mut ArgonMemory) -> Result<String, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Internal(format!("password hash: {error}"));
    let (algorithm, version, params) = (Algorithm::default(), Version::default(), Params::default());
    let stored = PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: ParamsString::try_from(&params).map_err(|error| failed(&error))?,
        salt: Some(Salt::new(&salt).map_err(|error| failed(&error))?),
        hash: Some(digest(Argon2::new(algorithm, version, params), password, &salt, memory)?),
    };
    Ok(stored.to_string())
}

/// Whether the password matches the stored hash, with the cost of that hash.
///
/// # Errors
/// `Internal` when the stored hash cannot be read.
pub fn verify(password: &str, stored: &str, memory: &mut ArgonMemory) -> Result<bool, Error> {
    let (argon, salt, hash) = read(stored).ok_or_else(|| Error::corrupt("users.password_hash"))?;
    // Constant-time comparison.
    Ok(digest(argon, password, &salt, memory)? == hash)
}

fn read(stored: &str) -> Option<(Argon2<'static>, Salt, Output)> {
    let stored = PasswordHash::new(stored).ok()?;
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).ok()?;
    let version = stored.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let params = Params::try_from(&stored).ok()?;
    Some((Argon2::new(algorithm, version, params), stored.salt?, stored.hash?))
}

fn digest(argon: Argon2<'_>, password: &str, salt: &[u8], memory: &mut ArgonMemory) -> Result<Output, Error> {
    let needed = argon.params().block_count();
    if memory.len() < needed {
        memory.resize(needed, Block::new());
    }
    let mut bytes = [0; Output::MAX_LENGTH];
    let length = argon.params().output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let failed = || Error::Internal("password hash".to_owned());
    let out = bytes.get_mut(..length).ok_or_else(failed)?;
    argon.hash_password_into_with_memory(password.as_bytes(), salt, out, memory).map_err(|_| failed())?;
    Output::new(out).map_err(|_| failed())
}
