//! Removing what a run created, by the operations that the contracts have for it.

use super::{OperationIndex, Runner, Wanted};
use crate::request::Request;

impl Runner<'_> {
    /// Sends every removal that was noted.
    pub(super) async fn clean_up(&mut self) -> anyhow::Result<()> {
        let removals = std::mem::take(&mut self.outcome.ledger.removals);
        for removal in &removals {
            let place = OperationIndex { service: removal.service, operation: removal.operation };
            let (_, operation) = self.of(place);
            let purpose = "deletes what the run created";
            let wanted = Wanted { purpose, keeps: true, span: operation.origin.span };
            let current = self.with_current_version(place, &removal.input, wanted).await?;
            let current = current.map(|input| Request::of(operation, &input));
            let request = current.as_ref().unwrap_or(&removal.request);
            let answer = self.send(place, request, purpose).await?;
            match answer.map(|answer| answer.status) {
                Some(200..300) => self.outcome.n_removed += 1,
                // Another request of the run removed it.
                Some(404 | 410) => {}
                _ => self.outcome.n_left += 1,
            }
        }
        Ok(())
    }
}
