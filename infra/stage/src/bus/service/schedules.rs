//! Schedules that fire by themselves: what is due, and the task that waits for it.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::Notify;

use super::{BusService, Shared};
use crate::bus::error::BusError;
use crate::bus::event::NewEvent;
use crate::clock::Clock;

impl BusService {
    /// Fires a scheduled rule of the default bus now, beside its times. The service's own scheduler
    /// does it, so this may be called from any thread.
    ///
    /// **Errors**: see [`BusState::make_due`](crate::bus::state::BusState::make_due).
    pub fn fire_now(&self, rule: &str) -> Result<(), BusError> {
        self.change(|state, now_ms| state.make_due(rule, now_ms))?;
        self.shared.rescheduled.notify_one();
        Ok(())
    }

    /// Tells the scheduler to look again, and starts it when the first schedule is put.
    pub(in crate::bus) fn reschedule(&self, is_scheduled: bool) {
        if is_scheduled && !self.shared.has_scheduler.swap(true, Relaxed) {
            tokio::spawn(run_schedules(
                Arc::downgrade(&self.shared),
                self.shared.clock.clone(),
                self.shared.rescheduled.clone(),
            ));
        }
        self.shared.rescheduled.notify_one();
    }

    fn fire(&self) -> Option<u64> {
        let (due, next_ms) = self.change(|state, now_ms| (state.due(now_ms), state.next_ms()));
        let now_ms = self.shared.clock.now_ms();
        let mut is_changed = false;
        for rule in due {
            let origin = self.state().origin().clone();
            if let Ok(event) = NewEvent::of_schedule(&rule.arn, crate::ids::uuid(), now_ms, &origin)
            {
                self.shared.counts.taken.fetch_add(1, Relaxed);
                rule.counts.taken.fetch_add(1, Relaxed);
                let name = rule.name.clone();
                let sent = self.send_off(&event, &[rule], Duration::ZERO);
                self.shared.tell_of(
                    &name,
                    "a scheduled event was not sent",
                    sent.map_err(|error| error.message),
                );
                is_changed = true;
            }
        }
        if is_changed {
            // Told already; the next one writes it.
            let _ = self.keep_schedules();
        }
        next_ms
    }
}

/// Fires schedules until the service is gone.
async fn run_schedules(shared: Weak<Shared>, clock: Clock, rescheduled: Arc<Notify>) {
    while let Some(shared) = shared.upgrade() {
        let next_ms = BusService { shared }.fire();
        tokio::select! {
            () = clock.sleep_until(next_ms.unwrap_or(u64::MAX)) => {}
            () = rescheduled.notified() => {}
        }
    }
}
