//! The schedule of arrivals, computed from a seed without a clock.
//!
//! A [`Curve`] is the arrival rate over time. Its area up to a time is the expected number of arrivals until then.
//! Arrivals are points on that area, mapped back to times: evenly spaced points give evenly spaced arrivals, and the
//! points of a Poisson process of rate one give a Poisson process with the rate of the curve. Poisson arrivals model
//! independent customers; evenly spaced arrivals alias with periodic behaviour of the system.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::dice::Dice;

/// How arrivals are spaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Spacing {
    /// As independent customers come.
    Poisson,
    /// Evenly spaced, where the rate is constant.
    Even,
    /// As a file lists them; no option asks for it.
    #[value(skip)]
    Listed,
}

/// Visits per second over time: straight lines between points.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Seconds and rate, seconds rising; two points at one time are a step.
    points: Vec<(f64, f64)>,
}

impl Curve {
    /// A curve through points of seconds and visits per second; invalid rates count as zero.
    #[must_use]
    pub fn new(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let usable = |rate: f64| if rate.is_finite() { rate.max(0.0) } else { 0.0 };
        let mut end = 0.0;
        let points = points.into_iter().map(|(at, rate)| {
            end = if at.is_finite() { at.max(end) } else { end };
            (end, usable(rate))
        });
        Self { points: points.collect() }
    }

    /// The same rate all the time.
    #[must_use]
    pub fn constant(rate: f64, run_time: Duration) -> Self {
        Self::new([(0.0, rate), (run_time.as_secs_f64(), rate)])
    }

    /// The curve with every rate so many times higher.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        Self::new(self.points.iter().map(|(at, rate)| (*at, rate * factor)))
    }

    /// The highest rate.
    #[must_use]
    pub fn highest(&self) -> f64 {
        self.points.iter().map(|point| point.1).fold(0.0, f64::max)
    }

    /// The expected number of arrivals until `seconds`.
    #[must_use]
    pub fn expected(&self, seconds: f64) -> f64 {
        let mut area = 0.0;
        for pair in self.points.windows(2) {
            let ((from, low), (to, high)) = (pair[0], pair[1]);
            if seconds <= from {
                break;
            }
            let (width, end) = (to - from, seconds.min(to));
            let rate_at_end =
                if width > 0.0 { low + (high - low) * (end - from) / width } else { low };
            area += (low + rate_at_end) / 2.0 * (end - from);
        }
        area
    }

    /// The time at which this many arrivals are expected; `None` when it is never reached.
    fn reached(&self, expected: f64) -> Option<f64> {
        let mut area = 0.0;
        for pair in self.points.windows(2) {
            let ((from, low), (to, high)) = (pair[0], pair[1]);
            let (width, part) = (to - from, (low + high) / 2.0 * (to - from));
            if width > 0.0 && expected < area + part {
                let slope = (high - low) / width;
                let left = expected - area;
                // low·t + slope·t²/2 = left, in the form that stays exact where the slope is next to nothing.
                let root = (low * low + 2.0 * slope * left).max(0.0).sqrt();
                let t = if low + root > 0.0 { 2.0 * left / (low + root) } else { 0.0 };
                return Some(from + t.clamp(0.0, width));
            }
            area += part;
        }
        None
    }
}

/// All arrivals of one workflow, or one worker's part of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    times: Times,
    part: Part,
}

#[derive(Debug, Clone, PartialEq)]
enum Times {
    /// Drawn along a curve.
    Drawn { curve: Curve, spacing: Spacing, seed: u64 },
    /// Given, rising, in nanoseconds; so many of them.
    Given(Arc<Vec<u64>>, usize),
}

/// Which slots of a schedule a worker serves: every `of`-th, from `index` on. All workers together serve each slot once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Which worker it is, from zero.
    pub index: u64,
    /// How many workers there are.
    pub of: u64,
}

impl Part {
    /// Every slot.
    pub const ALL: Self = Self { index: 0, of: 1 };

    fn has(self, index: u64) -> bool {
        index % self.of.max(1) == self.index
    }

    /// How many of the first slots are its own.
    fn n_below(self, n_slots: u64) -> u64 {
        n_slots.saturating_sub(self.index).div_ceil(self.of.max(1))
    }
}

impl Schedule {
    /// Arrivals drawn from `seed` along a curve.
    #[must_use]
    pub fn drawn(curve: Curve, spacing: Spacing, seed: u64) -> Self {
        Self { times: Times::Drawn { curve, spacing, seed }, part: Part::ALL }
    }

    /// Arrivals at listed times: nanoseconds since the start of the load, earliest first. Only the first `n_times` count.
    #[must_use]
    pub fn given(times: Arc<Vec<u64>>, n_times: usize) -> Self {
        Self { times: Times::Given(times, n_times), part: Part::ALL }
    }

    /// One worker's part of the schedule.
    #[must_use]
    pub fn part(self, part: Part) -> Self {
        Self { part, ..self }
    }

    /// The arrivals in their order, from the start of the load.
    #[must_use]
    pub fn arrivals(&self) -> Arrivals {
        let dice = match &self.times {
            Times::Drawn { seed, .. } => Dice::new(*seed),
            Times::Given(..) => Dice::new(0),
        };
        Arrivals { schedule: self.clone(), dice, index: 0, area: 0.0 }
    }

    /// How many there are within `elapsed` of the start.
    #[must_use]
    pub fn n_due_within(&self, elapsed: Duration) -> u64 {
        if let Times::Given(times, n_times) = &self.times {
            let times = times.get(..*n_times).unwrap_or_default();
            let n_due = times.partition_point(|time| u128::from(*time) < elapsed.as_nanos());
            return self.part.n_below(n_due as u64);
        }
        self.arrivals().take_while(|arrival| arrival.after < elapsed).count() as u64
    }
}

/// One arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Its number in the whole schedule, from zero.
    pub index: u64,
    /// The scheduled time, after the start of the load.
    pub after: Duration,
}

/// The arrivals of a [`Schedule`], one after the other.
#[derive(Debug, Clone)]
pub struct Arrivals {
    schedule: Schedule,
    dice: Dice,
    index: u64,
    area: f64,
}

impl Arrivals {
    fn any(&mut self) -> Option<Arrival> {
        let after = match &self.schedule.times {
            Times::Given(times, n_times) => {
                let index = usize::try_from(self.index).ok().filter(|index| index < n_times)?;
                Duration::from_nanos(*times.get(index)?)
            }
            Times::Drawn { curve, spacing, .. } => {
                let area = match spacing {
                    // The first visit is due at once, and the one at the very end belongs to the next second.
                    Spacing::Even | Spacing::Listed => self.index as f64,
                    Spacing::Poisson => self.area - (1.0 - self.dice.share()).ln(),
                };
                self.area = area;
                Duration::from_secs_f64(curve.reached(area)?)
            }
        };
        let index = self.index;
        self.index += 1;
        Some(Arrival { index, after })
    }
}

impl Iterator for Arrivals {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        loop {
            let arrival = self.any()?;
            if self.schedule.part.has(arrival.index) {
                return Some(arrival);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(curve: Curve, spacing: Spacing, seed: u64) -> Schedule {
        Schedule::drawn(curve, spacing, seed)
    }

    fn times(schedule: &Schedule) -> Vec<Duration> {
        schedule.arrivals().map(|arrival| arrival.after).collect()
    }

    fn even(rate: f64, seconds: f64) -> Schedule {
        drawn(Curve::constant(rate, Duration::from_secs_f64(seconds)), Spacing::Even, 1)
    }

    #[test]
    fn even_arrivals_are_evenly_spaced_and_end_with_the_run_time() {
        let all = times(&even(50.0, 20.0));
        assert_eq!(all.len(), 1000);
        assert_eq!(all[0], Duration::ZERO);
        assert!(all[999].abs_diff(Duration::from_millis(19_980)) < Duration::from_micros(1));
        assert_eq!(even(10.0, 2.0).n_due_within(Duration::from_millis(150)), 2);
        assert_eq!(even(10.0, 2.0).n_due_within(Duration::from_secs(60)), 20);
        assert_eq!(even(0.1, 5.0).arrivals().count(), 1);
    }

    #[test]
    fn a_rate_that_is_none_has_no_arrivals() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(even(rate, 1.0).arrivals().count(), 0, "{rate}");
        }
    }

    #[test]
    fn given_arrivals_come_as_they_are() {
        let times = [0.5, 0.5, 2.0].map(Duration::from_secs_f64);
        let nanos = times.map(|time| time.as_nanos() as u64).to_vec();
        let given = Schedule::given(Arc::new([nanos, vec![u64::MAX]].concat()), 3);
        assert_eq!(super::tests::times(&given), times);
        assert_eq!(given.n_due_within(Duration::from_secs(1)), 2);
        for index in 0..4 {
            let part = given.clone().part(Part { index, of: 4 });
            let n_due = |seconds| part.n_due_within(Duration::from_secs(seconds));
            assert_eq!((n_due(1), n_due(9)), (u64::from(index < 2), u64::from(index < 3)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Counts in windows of a Poisson process have the same mean and variance; five standard errors leave one
        /// failure in some millions of draws.
        #[test]
        fn poisson_counts_have_their_mean_as_variance(seed: u64, rate in 5.0..200.0f64) {
            let n_windows = 400;
            let run_time = Duration::from_secs(n_windows);
            let schedule = drawn(Curve::constant(rate, run_time), Spacing::Poisson, seed);
            let mut counts = vec![0.0; n_windows as usize];
            for due in times(&schedule) {
                counts[due.as_secs() as usize] += 1.0;
            }
            let n = n_windows as f64;
            let mean = counts.iter().sum::<f64>() / n;
            let variance = counts.iter().map(|c| (c - mean) * (c - mean)).sum::<f64>() / (n - 1.0);
            prop_assert!((mean - rate).abs() < 5.0 * (rate / n).sqrt(), "mean {mean} of {rate}");
            // The variance of a Poisson sample variance is λ(1 + 2λ)/n, nearly.
            let error = (rate * (1.0 + 2.0 * rate) / n).sqrt();
            prop_assert!((variance - rate).abs() < 5.5 * error, "variance {variance} of {rate}");
        }

        #[test]
        fn a_seed_fixes_arrivals_and_they_rise(seed: u64, rate in 1.0..500.0f64) {
            let of = |seed| drawn(Curve::constant(rate, Duration::from_secs(5)), Spacing::Poisson, seed);
            let all = times(&of(seed));
            prop_assert!(all.is_sorted() && all.iter().all(|due| due.as_secs_f64() <= 5.0));
            prop_assert_eq!(&all, &times(&of(seed)));
            prop_assert!(all.len() < 5 || all != times(&of(seed ^ 1)));
            prop_assert_eq!(of(seed).n_due_within(Duration::from_secs(9)), all.len() as u64);
        }

        /// However many workers there are, each slot is one's, at the time that it has for a single one.
        #[test]
        fn workers_have_each_slot_once(seed: u64, of in 1..9u64) {
            let whole = drawn(Curve::constant(40.0, Duration::from_secs(5)), Spacing::Poisson, seed);
            let parts = (0..of).flat_map(|index| whole.clone().part(Part { index, of }).arrivals());
            let mut all: Vec<_> = parts.collect();
            all.sort_by_key(|arrival| arrival.index);
            prop_assert_eq!(all, whole.arrivals().collect::<Vec<_>>());
        }

        /// Whatever the curve, the area up to the time of the n-th even arrival is n.
        #[test]
        fn times_are_where_the_area_says(rates in prop::collection::vec(0.0..50.0f64, 2..8), steps: bool) {
            let mut points = Vec::new();
            for (index, rate) in rates.iter().enumerate() {
                points.push((index as f64, *rate));
                if steps {
                    points.push((index as f64 + 1.0, *rate));
                }
            }
            let curve = Curve::new(points);
            for (index, due) in times(&drawn(curve.clone(), Spacing::Even, 0)).into_iter().enumerate() {
                let area = curve.expected(due.as_secs_f64());
                prop_assert!((area - index as f64).abs() < 1e-3, "{area} for {index}");
            }
        }
    }
}
