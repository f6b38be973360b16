//! What is taken of an answer. Whatever its status says, nobody goes on from here to another address.

use axum::http::StatusCode;
use axum::http::header::CONTENT_ENCODING;
use reqwest::Response;

use super::LONGEST;
use super::client::cause;

/// The longest head that is taken, in bytes of names and values.
const LONGEST_HEAD: usize = 16 * 1024;

/// The body of a success.
///
/// # Errors
/// What went wrong: any other status, an encoded body, a head or a body that is too long.
pub async fn body(answer: Response) -> Result<Vec<u8>, String> {
    check_head(&answer)?;
    if answer.status() != StatusCode::OK {
        return Err(format!("the answer is {}", answer.status()));
    }
    if answer.headers().contains_key(CONTENT_ENCODING) {
        return Err("the answer is compressed, which was not asked for".to_owned());
    }
    read(answer).await
}

fn check_head(answer: &Response) -> Result<(), String> {
    let length: usize = answer.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if length > LONGEST_HEAD {
        return Err(format!("the head of the answer is longer than {LONGEST_HEAD} bytes"));
    }
    Ok(())
}

async fn read(mut answer: Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| cause(&error))? {
        if body.len() + chunk.len() > LONGEST {
            return Err(format!("the answer is longer than {LONGEST} bytes"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The status of the answer; nobody reads on.
///
/// # Errors
/// A head that is too long.
pub async fn status(answer: Response) -> Result<u16, String> {
    check_head(&answer)?;
    Ok(answer.status().as_u16())
}
