//! Removing what a run created, by the operations that the contracts have for it.

use super::{Place, Runner};

impl Runner<'_> {
    /// Sends every removal that was noted.
    pub(super) async fn clean_up(&mut self) -> anyhow::Result<()> {
        let removals = std::mem::take(&mut self.outcome.ledger.removals);
        for removal in &removals {
            let place = Place { service: removal.service, operation: removal.operation };
            let answer = self.send(place, &removal.request, "deletes what the run created").await?;
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
