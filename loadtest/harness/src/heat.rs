//! How latencies were spread over time: counts by band of latency and stretch of time, few enough to be looked at.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Upper ends of the bands but the last, which has none.
///
/// **Units**: microseconds.
pub(crate) const BANDS: [u64; 15] = [
    500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000,
    2_000_000, 5_000_000, 10_000_000, 30_000_000,
];

/// The most columns that a report carries.
const MOST_COLUMNS: usize = 60;

/// Counts by time and band.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heat {
    /// How many seconds a column stands for.
    pub column_seconds: u64,
    /// For each stretch of time, how many were in each of [`BANDS`] and beyond.
    pub columns: Vec<Vec<u64>>,
    #[serde(skip)]
    pub(crate) current: Vec<u64>,
}

impl Heat {
    /// Adds a latency to the second that is under way.
    pub(crate) fn record(&mut self, latency: Duration) {
        let us = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        self.current.resize(BANDS.len() + 1, 0);
        self.current[BANDS.partition_point(|end| *end < us)] += 1;
    }

    /// Ends a second, the `n`-th of the run; those before in which nothing was recorded are empty.
    pub(crate) fn end_second(&mut self, n: usize) {
        self.columns.resize(n.saturating_sub(1), Vec::new());
        self.columns.push(std::mem::take(&mut self.current));
    }

    /// The same with few columns.
    pub(crate) fn thinned(&self) -> Self {
        let n_seconds = self.columns.len().div_ceil(MOST_COLUMNS).max(1);
        let columns = self.columns.chunks(n_seconds).map(|all| {
            let mut sum = vec![0; BANDS.len() + 1];
            for column in all {
                sum.iter_mut().zip(column).for_each(|(sum, count)| *sum += count);
            }
            sum
        });
        Self { column_seconds: n_seconds as u64, columns: columns.collect(), current: Vec::new() }
    }

    /// Both together; what was cut into other stretches cannot be added, and is left out.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Self {
        if self.column_seconds != other.column_seconds {
            return Self::default();
        }
        let mut sum = self.clone();
        let longest = sum.columns.len().max(other.columns.len());
        sum.columns.resize(longest, vec![0; BANDS.len() + 1]);
        for (column, more) in sum.columns.iter_mut().zip(&other.columns) {
            column.iter_mut().zip(more).for_each(|(sum, count)| *sum += count);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(heat: &Heat) -> u64 {
        heat.columns.iter().flatten().sum()
    }

    #[test]
    fn bands_end_where_they_say() {
        let mut heat = Heat::default();
        for us in [500, 501, 30_000_000, 30_000_001] {
            heat.record(Duration::from_micros(us));
        }
        heat.end_second(1);
        let column = &heat.columns[0];
        assert_eq!((column[0], column[1], column[14], column[15]), (1, 1, 1, 1));
    }

    #[test]
    fn a_long_run_has_few_columns_and_loses_nothing() {
        let mut heat = Heat::default();
        for second in 1..=3_601 {
            if second % 2 == 0 {
                heat.record(Duration::from_millis(3));
            }
            heat.end_second(second);
        }
        let thin = heat.thinned();
        assert_eq!((thin.column_seconds, thin.columns.len(), total(&thin)), (61, 60, 1_800));
        assert_eq!(total(&thin.merged(&thin)), 3_600);
        assert_eq!(thin.merged(&Heat::default()), Heat::default());
    }
}
