//! How sure a share is that was counted in a run: Wilson's score interval, which is right for few and for none.

/// The normal quantile of 95 % confidence, both sides.
const Z: f64 = 1.959_964;

/// The confidence, in words.
pub(crate) const CONFIDENCE: &str = "95%";

/// The interval in which the true share lies with 95 % confidence, when `part` of `whole` were counted. Of nothing
/// counted, it is everything.
#[must_use]
pub(crate) fn wilson(part: u64, whole: u64) -> (f64, f64) {
    if whole == 0 {
        return (0.0, 1.0);
    }
    let (n, p, z2) = (whole as f64, part as f64 / whole as f64, Z * Z);
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let low = if part == 0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if part == whole { 1.0 } else { (middle + half).min(1.0) };
    (low, high)
}

/// How many must be counted until a share like this one is told from `limit`; `None` when the two are one.
#[must_use]
pub(crate) fn needed(part: u64, whole: u64, limit: f64) -> Option<u64> {
    let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let is_told = |n: u64| {
        let (low, high) = wilson((share * n as f64).round() as u64, n);
        high <= limit || low > limit
    };
    let (mut low, mut high) = (whole.max(1), whole.max(1));
    while !is_told(high) {
        if high > 100_000_000 {
            return None;
        }
        low = high;
        high *= 2;
    }
    while high - low > low / 50 + 1 {
        let middle = low + (high - low) / 2;
        if is_told(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Values of R's `binom.confint(x, n, methods = "wilson")`.
    #[test]
    fn it_agrees_with_published_values() {
        for (part, whole, low, high) in [
            (0, 10, 0.0, 0.277_5),
            (2, 31, 0.017_9, 0.207_2),
            (5, 10, 0.236_6, 0.763_4),
            (10, 10, 0.722_5, 1.0),
        ] {
            let found = wilson(part, whole);
            assert!((found.0 - low).abs() < 1e-3 && (found.1 - high).abs() < 1e-3, "{found:?}");
        }
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn so_many_are_needed_as_the_interval_says() {
        let n = needed(0, 31, 0.01).unwrap_or_default();
        assert!((376..=400).contains(&n), "{n}");
        assert!(wilson(0, n).1 <= 0.01);
        assert_eq!(needed(1, 100, 0.01), None);
    }

    proptest! {
        #[test]
        fn the_share_lies_within_its_interval(whole in 1_u64..100_000, part in 0.0..=1.0f64) {
            let part = (whole as f64 * part) as u64;
            let (low, high) = wilson(part, whole);
            let share = part as f64 / whole as f64;
            prop_assert!(0.0 <= low && low <= share + 1e-12 && share <= high + 1e-12 && high <= 1.0);
        }
    }
}
