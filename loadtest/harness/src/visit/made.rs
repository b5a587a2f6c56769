//! What a run made, and how it is removed again.

use serde_json::Value;

use super::Visit;
use crate::cause::Cause;
use crate::expect;
use crate::request::Request;
use crate::system::{Cleaned, Operation};
use crate::terminal::count;

impl Visit<'_> {
    /// Notes something that the run made, so that it can be removed again.
    pub fn made(&mut self, kind: &'static str, value: &str) {
        // A stage of the run's own goes with everything in it.
        if !self.shared.target.is_ours() {
            self.shared.made(kind, value);
        }
    }

    /// Notes that something that the run made is there no longer.
    pub fn gone(&mut self, kind: &'static str, value: &str) {
        self.shared.gone(kind, value);
    }

    /// Everything of a kind that the run made so far and is there still.
    #[must_use]
    pub fn all_made(&self, kind: &str) -> Vec<String> {
        self.shared.all_made(kind)
    }

    /// Removes everything of a kind that the run made and is there still: one request after the other. A target
    /// that does not answer is not asked for the rest.
    pub async fn remove<T: 'static>(
        &mut self,
        kind: &'static str,
        operation: &'static Operation,
        request: impl Fn(&Value) -> Result<Request<T>, Cause>,
        cleaned: &mut Cleaned,
    ) {
        let all = self.all_made(kind);
        let mut n_removed = 0;
        for value in &all {
            let Ok(request) = request(&Value::from(value.as_str())) else { continue };
            match self.send(operation, &request, expect::found).await.map_err(Cause::from) {
                Ok(_) => n_removed += 1,
                // A target that does not answer is not asked for the rest, which is counted as left.
                Err(cause) if cause.is_no_answer() => break,
                Err(_) => {}
            }
        }
        let n_left = all.len() - n_removed;
        if n_removed > 0 {
            let n_removed = count(n_removed as u64);
            cleaned.removed.push(format!("{n_removed} items of {kind}, by {}", operation.id));
        }
        if n_left > 0 {
            let id = operation.id;
            cleaned.stays.push(format!("{n_left} items of {kind}: {id} did not remove them"));
        }
    }
}
