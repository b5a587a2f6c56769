//! Profiles: how the arrival rate changes during a run. A profile is a curve of arrivals per second, or a file of
//! arrivals.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use crate::arrivals::{Curve, Schedule, Spacing};
use crate::dice::Dice;
use crate::listed::Listed;

/// How long a soak takes when nobody says.
pub const SOAK: Duration = Duration::from_secs(3_600);

/// The shape of the load.
#[derive(Debug, Clone, PartialEq)]
pub enum Profile {
    /// The rate, all the time.
    Constant,
    /// From nothing to the rate, evenly.
    Ramp,
    /// So many equal steps up to the rate.
    Steps(u32),
    /// The rate, and so many times as much in the middle fifth.
    Spike(f64),
    /// The rate for an hour, or as long as asked for.
    Soak,
    /// Arrivals of a file: seconds from the start, one a line, and after a comma the workflow.
    File(Arc<Listed>),
}

/// How the words for a file begin.
const ARRIVALS_OF: &str = "arrivals of ";

/// What `--profile` takes, for the message about anything else.
const EXPECTED: &str =
    "expected `constant`, `ramp`, `steps[:N]`, `spike[:TIMES]`, `soak`, or a file of arrivals";

impl FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, number) = match text.split_once(':') {
            Some((name, number)) => (name, Some(number)),
            None => (text, None),
        };
        let number = |default: f64, low: f64, high: f64| match number {
            None => Ok(default),
            Some(number) => number
                .parse()
                .ok()
                .filter(|number| (low..=high).contains(number))
                .ok_or_else(|| format!("`{text}`: expected a number from {low} to {high}")),
        };
        match name {
            "constant" | "ramp" | "soak" if text != name => {
                Err(format!("`{name}` takes no number"))
            }
            "constant" => Ok(Self::Constant),
            "ramp" => Ok(Self::Ramp),
            "soak" => Ok(Self::Soak),
            "steps" => Ok(Self::Steps(number(5.0, 1.0, 1_000.0)? as u32)),
            "spike" => Ok(Self::Spike(number(3.0, 1.0, 1_000.0)?)),
            _ if Path::new(text).is_file() => {
                Ok(Self::File(Arc::new(Listed::read(Path::new(text))?)))
            }
            _ => Err(EXPECTED.to_owned()),
        }
    }
}

impl Profile {
    /// For a sentence about a run.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Constant => "constant".to_owned(),
            Self::Ramp => "ramp from zero".to_owned(),
            Self::Steps(n_steps) => format!("{n_steps} steps"),
            Self::Spike(times) => format!("spike of {times} times the rate"),
            Self::Soak => "soak".to_owned(),
            Self::File(listed) => format!("{ARRIVALS_OF}{}", listed.path().display()),
        }
    }

    /// What `--profile` takes for what [`Profile::in_words`] says; nothing for a constant rate.
    #[must_use]
    pub fn argument(words: &str) -> Option<String> {
        let spike = || words.strip_prefix("spike of ")?.strip_suffix(" times the rate");
        let steps = || words.strip_suffix(" steps");
        Some(match words {
            "constant" => return None,
            "ramp from zero" => "ramp".to_owned(),
            _ => match (spike(), steps(), words.strip_prefix(ARRIVALS_OF)) {
                (Some(times), _, _) => format!("spike:{times}"),
                (_, Some(n_steps), _) => format!("steps:{n_steps}"),
                (_, _, Some(path)) => path.to_owned(),
                _ => words.to_owned(),
            },
        })
    }

    /// The rate over time.
    #[must_use]
    pub fn curve(&self, rate: f64, run_time: Duration) -> Curve {
        let end = run_time.as_secs_f64();
        match self {
            Self::Constant | Self::Soak | Self::File(_) => Curve::constant(rate, run_time),
            Self::Ramp => Curve::new([(0.0, 0.0), (end, rate)]),
            Self::Steps(n_steps) => {
                let n = f64::from(*n_steps);
                let step = |index: u32| {
                    let (from, to) = (f64::from(index) / n, f64::from(index + 1) / n);
                    [(end * from, rate * to), (end * to, rate * to)]
                };
                Curve::new((0..*n_steps).flat_map(step))
            }
            Self::Spike(times) => {
                let (from, to, high) = (end * 0.4, end * 0.6, rate * times);
                Curve::new([
                    (0.0, rate),
                    (from, rate),
                    (from, high),
                    (to, high),
                    (to, rate),
                    (end, rate),
                ])
            }
        }
    }

    /// The arrivals of each workflow: `rates` says how many a second it is asked for. Those of a file are its own
    /// (`Listed::schedules`).
    #[must_use]
    pub fn schedules(
        &self,
        rates: &[(&'static str, f64)],
        run_time: Duration,
        spacing: Spacing,
        seed: u64,
    ) -> Vec<(&'static str, Schedule)> {
        let drawn = |(id, rate): &(&'static str, f64)| {
            let seed = Dice::of(seed, id, 0x0a77_17a1).throw();
            (*id, Schedule::drawn(self.curve(*rate, run_time), spacing, seed))
        };
        rates.iter().map(drawn).collect()
    }

    /// What a run of this length leaves out, if it does.
    #[must_use]
    pub fn left_out(&self, run_time: Duration) -> Option<String> {
        let Self::File(listed) = self else { return None };
        let (n_late, n_all) = (listed.n_after(run_time), listed.n_arrivals());
        let (path, seconds) = (listed.path().display(), run_time.as_secs_f64());
        (n_late > 0).then(|| {
            format!("{n_late} of the {n_all} arrivals of {path} are after the {seconds} s of --run-time and were left out")
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    const TEN: Duration = Duration::from_secs(10);

    #[test]
    fn each_profile_asks_for_as_much_as_its_shape_says() {
        let expected = |text: &str| {
            text.parse::<Profile>().unwrap().curve(20.0, TEN).expected(10.0).round() as u64
        };
        assert_eq!(expected("constant"), 200);
        assert_eq!(expected("soak"), 200);
        assert_eq!(expected("ramp"), 100);
        assert_eq!(expected("steps"), 120);
        assert_eq!(expected("steps:2"), 150);
        assert_eq!(expected("spike"), 280);
        assert_eq!(expected("spike:1"), 200);
    }

    #[test]
    fn words_lead_back_to_the_argument() {
        for text in ["ramp", "steps:7", "spike:2.5", "soak", "/dev/null"] {
            let words = text.parse::<Profile>().map(|profile| profile.in_words());
            let words = words.unwrap_or_else(|_| format!("{ARRIVALS_OF}{text}"));
            assert_eq!(Profile::argument(&words).as_deref(), Some(text));
        }
        assert_eq!(Profile::argument(&Profile::Constant.in_words()), None);
    }

    #[test]
    fn what_is_no_profile_is_refused() {
        for text in
            ["", "sine", "ramp:2", "steps:0", "steps:x", "spike:-1", "spike:", "/no/such/file"]
        {
            assert!(text.parse::<Profile>().is_err(), "{text}");
        }
    }
}
