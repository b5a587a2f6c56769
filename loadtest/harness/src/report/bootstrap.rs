//! Whether two runs differ: an interval of the change of a quantile, by drawing both distributions again and again.
//!
//! Requests count as independent, which those of one stall are not; so an interval is rather too narrow than too wide,
//! and a change that lies within it is none.

use crate::dice::Dice;
use crate::latency::Latency;

/// How often both are drawn.
const DRAWS: usize = 400;

/// The share of draws that the interval leaves out at each end: 95 % lie within.
const TAIL: f64 = 0.025;

/// The fewest values of a distribution that anything is said of.
const LEAST: u64 = 20;

/// By which share of its value before a quantile has changed, from and to; nothing where there are too few values, or
/// the quantile was zero.
pub(super) fn change(before: &Latency, after: &Latency, at: f64) -> Option<(f64, f64)> {
    if before.count.min(after.count) < LEAST {
        return None;
    }
    // The same runs give the same interval.
    let mut dice = Dice::new(before.count ^ after.count.rotate_left(32));
    let mut changes: Vec<f64> = (0..DRAWS)
        .map(|_| draw(after, at, &mut dice) / draw(before, at, &mut dice) - 1.0)
        .filter(|change| change.is_finite())
        .collect();
    changes.sort_by(f64::total_cmp);
    let n = changes.len();
    let end = (n as f64 * TAIL) as usize;
    Some((*changes.get(end)?, *changes.get(n.checked_sub(end + 1)?)?))
}

/// The quantile of one draw: each bucket holds as many as a Poisson variable of its count.
fn draw(latency: &Latency, at: f64, dice: &mut Dice) -> f64 {
    let drawn: Vec<(u64, f64)> =
        latency.buckets.iter().map(|(us, count)| (*us, poisson(*count as f64, dice))).collect();
    let wanted = drawn.iter().map(|(_, n)| n).sum::<f64>() * at;
    let mut below = 0.0;
    let found = drawn.iter().find(|(_, n)| {
        below += n;
        below >= wanted && *n > 0.0
    });
    found.or(drawn.last()).map_or(0.0, |(us, _)| *us as f64)
}

/// A Poisson variable; of a large mean, the normal one that it nearly is.
fn poisson(mean: f64, dice: &mut Dice) -> f64 {
    if mean > 30.0 {
        let (radius, angle) = (1.0 - dice.share(), dice.share());
        let normal = (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos();
        return (mean + mean.sqrt() * normal).round().max(0.0);
    }
    let (limit, mut product, mut n) = ((-mean).exp(), 1.0, 0.0);
    loop {
        product *= 1.0 - dice.share();
        if product <= limit {
            return n;
        }
        n += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::latency::Distribution;

    /// Latencies around so many microseconds, drawn from a seed.
    fn drawn(middle: f64, n: u64, seed: u64) -> Latency {
        let (mut dice, mut all) = (Dice::new(seed), Distribution::default());
        for _ in 0..n {
            all.record_us((middle * (0.5 - (1.0 - dice.share()).ln())) as u64);
        }
        all.figures()
    }

    #[test]
    fn runs_of_one_system_seldom_differ_and_those_of_two_do() {
        let differs = |before: &Latency, after: &Latency, at| {
            change(before, after, at).is_some_and(|(low, high)| low > 0.0 || high < 0.0)
        };
        let n_wrong = (0..40)
            .filter(|seed| {
                differs(&drawn(5e3, 2_000, 2 * seed), &drawn(5e3, 2_000, 2 * seed + 1), 0.99)
            })
            .count();
        // Two of forty are to be expected, and eight are next to impossible.
        assert!(n_wrong < 8, "{n_wrong}");
        assert!(
            (0..40).all(|seed| {
                differs(&drawn(5e3, 2_000, seed), &drawn(7e3, 2_000, seed + 99), 0.5)
            })
        );
    }

    #[test]
    fn an_interval_is_as_wide_as_theory_says() {
        // The share of values below the median is a binomial one: about 1.1 % of 2,000 each, over a density of 1.
        let (low, high) =
            change(&drawn(5e3, 2_000, 1), &drawn(5e3, 2_000, 2), 0.5).unwrap_or_default();
        assert!((0.04..0.20).contains(&(high - low)), "{low} {high}");
        assert_eq!(change(&drawn(5e3, 5, 1), &drawn(5e3, 2_000, 2), 0.5), None);
    }
}
