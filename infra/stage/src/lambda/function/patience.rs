//! How long an environment waits for work before its process is stopped.
//!
//! Stopping and continuing every thread of a process, and telling its parent of both, costs more than many an invocation.
//! So a process that is continued soon after it was stopped waits longer the next time, and under load none is stopped.

use std::time::Duration;

/// The wait of an environment that is seldom invoked.
const SHORTEST: Duration = Duration::from_millis(10);

/// The longest wait.
const LONGEST: Duration = Duration::from_millis(320);

/// Invocations that are less far apart are load.
const SOON: Duration = Duration::from_millis(500);

/// How long an environment may wait.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience(Duration);

impl Default for Patience {
    fn default() -> Self {
        Self(SHORTEST)
    }
}

impl Patience {
    /// How long it waits before it is stopped.
    pub(super) fn wait(self) -> Duration {
        self.0
    }

    /// It is continued after it was stopped for this time.
    pub(super) fn continued_after(&mut self, stopped: Duration) {
        self.0 = if stopped < SOON { (2 * self.0).min(LONGEST) } else { SHORTEST };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_load_an_environment_waits_longer_and_alone_as_short_as_before() {
        let mut patience = Patience::default();
        let waits = [0, 499, 3, 3, 3, 3, 500].map(|stopped_ms| {
            patience.continued_after(Duration::from_millis(stopped_ms));
            patience.wait().as_millis()
        });
        assert_eq!(waits, [20, 40, 80, 160, 320, 320, 10]);
    }
}
