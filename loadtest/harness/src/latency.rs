//! Latency distributions: recorded without loss of precision where it matters, merged and never averaged.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

/// The longest latency that is told apart from longer ones: 60 seconds, in microseconds.
const MAX_US: u64 = 60_000_000;

/// Significant digits that are kept: any value is right to 0.1%.
const DIGITS: u8 = 3;

/// How wide a bucket is at most, as a share of its values.
const PRECISION: f64 = 0.001;

/// A distribution of latencies from 1 µs to 60 s. Whatever is longer counts as 60 s.
#[derive(Debug, Clone)]
pub struct Distribution(Histogram<u64>);

impl Default for Distribution {
    fn default() -> Self {
        #[allow(clippy::expect_used, reason = "the bounds are constants that the crate accepts")]
        let histogram = Histogram::new_with_bounds(1, MAX_US, DIGITS).expect("constant bounds");
        Self(histogram)
    }
}

impl Distribution {
    /// Adds one latency.
    pub fn record(&mut self, latency: Duration) {
        self.record_us(u64::try_from(latency.as_micros()).unwrap_or(MAX_US));
    }

    /// Adds one latency, in microseconds.
    pub fn record_us(&mut self, latency_us: u64) {
        self.0.saturating_record(latency_us);
    }

    /// How many were recorded.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// The latency that `quantile` (0 to 1) of all stay within, in microseconds; zero when there is none.
    #[must_use]
    pub fn quantile_us(&self, quantile: f64) -> u64 {
        // The histogram answers the top of the bucket, which for the last one lies above the largest value.
        self.0.value_at_quantile(quantile).min(self.0.max())
    }

    /// The histogram itself, in microseconds.
    pub(crate) fn histogram(&self) -> &Histogram<u64> {
        &self.0
    }

    /// Forgets everything, and keeps the memory.
    pub fn clear(&mut self) {
        self.0.reset();
    }

    /// The figures that reports print, with the distribution itself.
    #[must_use]
    pub fn figures(&self) -> Latency {
        Latency {
            count: self.count(),
            min_us: self.0.min(),
            mean_us: if self.0.is_empty() { 0 } else { self.0.mean().round() as u64 },
            p50_us: self.quantile_us(0.5),
            p90_us: self.quantile_us(0.9),
            p99_us: self.quantile_us(0.99),
            p999_us: self.quantile_us(0.999),
            max_us: self.0.max(),
            buckets: self
                .0
                .iter_recorded()
                .map(|step| (step.value_iterated_to(), step.count_at_value()))
                .collect(),
        }
    }

    /// The distribution that [`Distribution::figures`] was made from, and any others added to it.
    #[must_use]
    pub fn merged<'a>(latencies: impl IntoIterator<Item = &'a Latency>) -> Self {
        let mut all = Self::default();
        for (value_us, count) in latencies.into_iter().flat_map(|latency| &latency.buckets) {
            all.0.saturating_record_n(*value_us, *count);
        }
        all
    }
}

/// Reads one quantile of a distribution, in microseconds.
pub type ReadQuantile = fn(&Latency) -> u64;

/// A distribution as reports carry it.
///
/// **Units**: microseconds throughout. **Shape**: `buckets` lists `[latency, count]` for each bucket of the
/// histogram that is not empty, smallest first: enough to merge distributions of several runs exactly.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it all")]
pub struct Latency {
    pub count: u64,
    pub min_us: u64,
    pub mean_us: u64,
    pub p50_us: u64,
    pub p90_us: u64,
    pub p99_us: u64,
    pub p999_us: u64,
    pub max_us: u64,
    pub buckets: Vec<(u64, u64)>,
}

impl Latency {
    /// How many are longer than `limit_us`, as far as buckets tell: one that `limit_us` lies in is not.
    #[must_use]
    pub fn n_beyond(&self, limit_us: u64) -> u64 {
        let is_beyond =
            |bucket: &&(u64, u64)| bucket.0 as f64 * (1.0 - PRECISION) > limit_us as f64;
        self.buckets.iter().filter(is_beyond).map(|(_, count)| count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_right_to_a_thousandth() {
        let mut distribution = Distribution::default();
        for latency_us in 1..=100_000 {
            distribution.record_us(latency_us);
        }
        for (quantile, expected) in [(0.5, 50_000.0), (0.99, 99_000.0), (0.999, 99_900.0)] {
            let actual = distribution.quantile_us(quantile) as f64;
            assert!((actual / expected - 1.0).abs() < 0.001, "{quantile}: {actual}");
        }
        assert_eq!(distribution.count(), 100_000);
    }

    #[test]
    fn what_is_longer_than_a_minute_counts_as_a_minute() {
        let mut distribution = Distribution::default();
        distribution.record(Duration::from_secs(3600));
        let max_us = distribution.figures().max_us;
        assert!((MAX_US..MAX_US + MAX_US / 1000).contains(&max_us), "{max_us}");
    }

    #[test]
    fn nothing_recorded_is_all_zero() {
        assert_eq!(Distribution::default().figures(), Latency::default());
    }

    #[test]
    fn merging_reports_gives_the_quantiles_of_all_values() {
        let (mut fast, mut slow, mut both) = Default::default();
        let record = |part: &mut Distribution, all: &mut Distribution, latency_us| {
            part.record_us(latency_us);
            all.record_us(latency_us);
        };
        for step in 0..1000 {
            record(&mut fast, &mut both, 1_000 + step);
            record(&mut slow, &mut both, 900_000 + step * 17);
        }
        let merged = Distribution::merged([&fast.figures(), &slow.figures()]);
        assert_eq!(merged.figures().p90_us, both.figures().p90_us);
        assert_eq!(merged.figures().buckets, both.figures().buckets);
    }
}
