//! Criteria of success: what a step asks of an answer that keeps to the contract.

use crate::request::Answer;

/// The answer is a success that the contract declares.
///
/// # Errors
/// What it is instead.
pub fn success<T>(answer: &Answer<T>) -> Result<(), String> {
    match answer.output() {
        Some(_) => Ok(()),
        None => Err(format!("status {}", answer.status())),
    }
}

/// The answer is a success, or says that there is nothing (404).
///
/// # Errors
/// What it is instead.
pub fn found<T>(answer: &Answer<T>) -> Result<(), String> {
    match answer.status() {
        404 => Ok(()),
        _ => success(answer),
    }
}

/// The answer has one of these statuses.
pub fn status<T>(statuses: &'static [u16]) -> impl Fn(&Answer<T>) -> Result<(), String> {
    move |answer| match statuses.contains(&answer.status()) {
        true => Ok(()),
        false => Err(format!("status {}", answer.status())),
    }
}
