//! Owns when a delivery that failed is tried again, and when no more. It refuses to wait.

use crate::fault::Dice;
use std::time::Duration;

/// How long a target is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many times after the first.
    pub max_retries: u32,
    /// How old an event may become, in seconds.
    pub max_age_s: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_retries: limits::EVENT_RULE_TRIES, max_age_s: limits::EVENT_RULE_AGE }
    }
}

/// Why a target is tried no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exhausted {
    /// As many retries were made as the policy allows.
    Attempts,
    /// The event would be older than the policy allows.
    Age,
}

impl Exhausted {
    /// The value of `EXHAUSTED_RETRY_CONDITION` in a dead letter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attempts => "MaximumRetryAttempts",
            Self::Age => "MaximumEventAgeInSeconds",
        }
    }
}

/// The wait before the first retry.
const FIRST: Duration = Duration::from_millis(250);
/// The longest wait. The 185 retries of the default policy take from 14 to 29 hours; its 24 hours may end them first.
const LONGEST: Duration = Duration::from_secs(600);

impl RetryPolicy {
    /// How long to wait before the next retry, after `n_retries` of them failed (0 for the first
    /// attempt). The wait doubles each time; half of it is left to the dice, so that deliveries
    /// that failed together do not meet again.
    ///
    /// **Errors**: why there is no next retry.
    pub fn next(
        &self,
        n_retries: u32,
        first_ms: u64,
        now_ms: u64,
        dice: &mut Dice,
    ) -> Result<Duration, Exhausted> {
        if n_retries >= self.max_retries {
            return Err(Exhausted::Attempts);
        }
        let whole = FIRST.saturating_mul(1 << n_retries.min(20)).min(LONGEST);
        let wait = dice.between(whole / 2, whole);
        let last_ms = first_ms.saturating_add(u64::from(self.max_age_s) * 1_000);
        if now_ms.saturating_add(wait.as_millis() as u64) > last_ms {
            return Err(Exhausted::Age);
        }
        Ok(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_are_never_less_than_half() {
        let policy = RetryPolicy::default();
        let mut dice = Dice::seeded(1);
        for (n_retries, from_ms, to_ms) in [
            (0, 125, 250),
            (1, 250, 500),
            (4, 2_000, 4_000),
            (11, 256_000, 512_000),
            (12, 300_000, 600_000),
            (100, 300_000, 600_000),
            (184, 300_000, 600_000),
        ] {
            let waits: Vec<u128> = (0..100)
                .map(|_| policy.next(n_retries, 0, 0, &mut dice).unwrap_or_default().as_millis())
                .collect();
            let (least, most) = (waits.iter().min(), waits.iter().max());
            let spread = (to_ms - from_ms) / 4;
            assert!(least.is_some_and(|ms| (from_ms..from_ms + spread).contains(ms)), "{waits:?}");
            assert!(most.is_some_and(|ms| (to_ms - spread..=to_ms).contains(ms)), "{waits:?}");
        }
        assert_eq!(policy.next(185, 0, 0, &mut dice), Err(Exhausted::Attempts));
    }

    #[test]
    fn an_event_that_would_be_too_old_is_given_up_before_the_wait() {
        let policy = RetryPolicy { max_retries: 10, max_age_s: 60 };
        let mut dice = Dice::seeded(1);
        assert!(policy.next(0, 1_000, 60_000, &mut dice).is_ok());
        assert_eq!(policy.next(0, 1_000, 60_900, &mut dice), Err(Exhausted::Age));
        let none = RetryPolicy { max_retries: 0, max_age_s: 60 };
        assert_eq!(none.next(0, 0, 0, &mut dice), Err(Exhausted::Attempts));
    }
}
