//! Owns the time that the stage's services see: milliseconds since the Unix epoch, from the machine
//! or from a test. It refuses to be read by any `state.rs`: states are told the time, they never
//! ask for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// A source of time, cheap to clone.
///
/// **Units**: every instant is in milliseconds since the Unix epoch.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Source>);

#[derive(Debug)]
enum Source {
    /// The machine's clock, read once and continued by its monotonic one, so that it never steps
    /// back. The monotonic one stands still while a machine sleeps: `ahead_ms` is by how much the
    /// machine's clock has been ahead at the most.
    System { started: Instant, epoch_ms: u64, ahead_ms: AtomicU64 },
    /// A clock that moves only when it is told to.
    Manual(watch::Sender<u64>),
}

/// After this time a sleeper looks at the machine's clock again.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

fn wall_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as u64)
}

impl Clock {
    /// A clock that follows the machine's.
    pub fn system() -> Self {
        let (started, epoch_ms) = (Instant::now(), wall_ms());
        Self(Arc::new(Source::System { started, epoch_ms, ahead_ms: AtomicU64::new(0) }))
    }

    /// A clock that shows `now_ms` until it is advanced.
    pub fn manual(now_ms: u64) -> Self {
        Self(Arc::new(Source::Manual(watch::Sender::new(now_ms))))
    }

    /// The time now.
    pub fn now_ms(&self) -> u64 {
        match &*self.0 {
            Source::System { started, epoch_ms, ahead_ms } => {
                let steady_ms = epoch_ms + started.elapsed().as_millis() as u64;
                let now_ahead_ms = wall_ms().saturating_sub(steady_ms);
                let ahead_ms = ahead_ms.fetch_max(now_ahead_ms, Ordering::Relaxed);
                steady_ms + ahead_ms.max(now_ahead_ms)
            }
            Source::Manual(now) => *now.borrow(),
        }
    }

    /// Moves a manual clock forward and wakes tasks whose time has come. Does nothing
    /// to the machine's clock.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(now) = &*self.0 {
            now.send_modify(|now| *now += by.as_millis() as u64);
        }
    }

    /// Returns as soon as the clock shows `deadline_ms` or later.
    pub async fn sleep_until(&self, deadline_ms: u64) {
        match &*self.0 {
            Source::System { .. } => loop {
                let rest = Duration::from_millis(deadline_ms.saturating_sub(self.now_ms()));
                if rest.is_zero() {
                    break;
                }
                // The timer does not count while the machine sleeps.
                tokio::time::sleep(rest.min(LONGEST_SLEEP)).await;
            },
            Source::Manual(now) => {
                // The sender lives as long as this borrow, so the wait can only end by the time
                // coming.
                let _ = now.subscribe().wait_for(|now| *now >= deadline_ms).await;
            }
        }
    }

    /// Returns after `by` has passed.
    pub async fn sleep(&self, by: Duration) {
        if !by.is_zero() {
            self.sleep_until(self.now_ms().saturating_add(by.as_millis() as u64)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    #[tokio::test]
    async fn a_manual_clock_wakes_sleepers_only_when_their_time_has_come() {
        let clock = Clock::manual(1_000);
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep_until(1_500).await;
                clock.now_ms()
            }
        });
        clock.advance(Duration::from_millis(499));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.advance(Duration::from_millis(1));
        assert_eq!(sleeper.await.unwrap(), 1_500);
    }

    #[tokio::test]
    async fn the_system_clock_has_reached_a_deadline_when_the_sleep_returns() {
        let clock = Clock::system();
        let deadline = clock.now_ms() + 3;
        clock.sleep_until(deadline).await;
        assert!(clock.now_ms() >= deadline);
    }
}
