//! Profiles: how the arrival rate changes during a run. A profile is a curve of arrivals per second, or a file of
//! arrivals.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::arrivals::{Curve, Schedule, Spacing};
use crate::dice::Dice;

/// How long a soak takes when nobody says.
pub const SOAK: Duration = Duration::from_secs(3_600);

/// The shape of the load.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    /// Arrivals of a file: seconds from the start, one a line, and after a comma the workflow. Beside it, the time of the
    /// last one.
    File(PathBuf, Duration),
}

/// What `--profile` takes, for whoever wrote something else.
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
            _ if Path::new(text).is_file() => Ok(Self::File(text.into(), last(Path::new(text))?)),
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
            Self::File(path, _) => format!("arrivals of {}", path.display()),
        }
    }

    /// The rate over time.
    #[must_use]
    pub fn curve(&self, rate: f64, run_time: Duration) -> Curve {
        let end = run_time.as_secs_f64();
        match self {
            Self::Constant | Self::Soak | Self::File(..) => Curve::constant(rate, run_time),
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

    /// The arrivals of each workflow: `rates` says how many a second it is asked for.
    ///
    /// # Errors
    /// A file that cannot be read or holds something else, with its line.
    pub fn schedules(
        &self,
        rates: &[(&'static str, f64)],
        run_time: Duration,
        spacing: Spacing,
        seed: u64,
    ) -> Result<Vec<(&'static str, Schedule)>, String> {
        let Self::File(path, _) = self else {
            let drawn = |(id, rate): &(&'static str, f64)| {
                let seed = Dice::of(seed, id, 0x0a77_17a1).throw();
                (*id, Schedule::drawn(self.curve(*rate, run_time), spacing, seed))
            };
            return Ok(rates.iter().map(drawn).collect());
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let all =
            given(&text, rates, run_time).map_err(|error| format!("{}:{error}", path.display()))?;
        if all.iter().all(|(_, schedule)| schedule.arrivals().next().is_none()) {
            let seconds = run_time.as_secs_f64();
            return Err(format!("{}: no arrival within {seconds} s", path.display()));
        }
        Ok(all)
    }

    /// What a run of this length leaves out, if it does.
    #[must_use]
    pub fn left_out(&self, run_time: Duration) -> Option<String> {
        let Self::File(path, last) = self else { return None };
        // The file is read again only where it may matter.
        let text = (*last > run_time).then(|| std::fs::read_to_string(path).ok())??;
        let n_late = times(&text).filter(|time| *time > run_time.as_secs_f64()).count();
        (n_late > 0).then(|| {
            let (n_all, seconds) = (times(&text).count(), run_time.as_secs_f64());
            let path = path.display();
            format!("{n_late} of the {n_all} arrivals of {path} are after the {seconds} s of --run-time and were left out")
        })
    }
}

/// When the last of a file's arrivals is due; what is no time is told when the arrivals are read.
fn last(path: &Path) -> Result<Duration, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    Ok(Duration::from_secs_f64(times(&text).fold(0.0, f64::max)))
}

/// The times in a file of arrivals, in seconds.
fn times(text: &str) -> impl Iterator<Item = f64> {
    text.lines().filter_map(|line| {
        let (seconds, _) = line.split_once(',').unwrap_or((line, ""));
        seconds.trim().parse().ok().filter(|time| (0.0..=86_400.0).contains(time))
    })
}

/// Arrivals as a file lists them, up to the end of the load; those without a workflow are the first one's.
fn given(
    text: &str,
    rates: &[(&'static str, f64)],
    run_time: Duration,
) -> Result<Vec<(&'static str, Schedule)>, String> {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); rates.len()];
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let number = index + 1;
        let (seconds, workflow) = match line.split_once(',') {
            Some((seconds, workflow)) => (seconds.trim(), Some(workflow.trim())),
            None => (line, None),
        };
        let time = seconds.parse().ok().filter(|time| (0.0..=86_400.0).contains(time));
        let Some(time) = time else {
            return Err(format!(
                "{number}: `{seconds}` is not a number of seconds from 0 to 86400"
            ));
        };
        let of = match workflow {
            None => 0,
            Some(name) => rates.iter().position(|(id, _)| *id == name).ok_or_else(|| {
                let known: Vec<_> = rates.iter().map(|(id, _)| *id).collect();
                format!(
                    "{number}: unknown workflow `{name}`; the workflows are {}",
                    known.join(", ")
                )
            })?,
        };
        let time = Duration::from_secs_f64(time);
        if let Some(times) = times.get_mut(of)
            && time <= run_time
        {
            times.push(time);
        }
    }
    times.iter_mut().for_each(|times| times.sort_unstable());
    let named = rates.iter().map(|(id, _)| *id);
    Ok(named.zip(times).map(|(id, times)| (id, Schedule::given(times))).collect())
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
    fn what_is_no_profile_is_refused() {
        for text in
            ["", "sine", "ramp:2", "steps:0", "steps:x", "spike:-1", "spike:", "/no/such/file"]
        {
            assert!(text.parse::<Profile>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_file_says_who_comes_when() {
        let rates = [("checkout", 1.0), ("browse", 1.0)];
        let all = given("# load\n0.5\n0.25, browse\n\n0.1,checkout\n11\n", &rates, TEN).unwrap();
        let times: Vec<Vec<u128>> = all
            .iter()
            .map(|(_, schedule)| {
                schedule.arrivals().map(|arrival| arrival.after.as_millis()).collect()
            })
            .collect();
        assert_eq!(times, [vec![100, 500], vec![250]]);
        assert!(given("1\nsoon\n", &rates, TEN).unwrap_err().starts_with("2: `soon`"));
        assert!(given("1,steal", &rates, TEN).unwrap_err().contains("checkout, browse"));
    }

    #[test]
    fn a_file_says_how_long_the_load_lasts() {
        let path = std::env::temp_dir().join(format!("arrivals-{}", std::process::id()));
        std::fs::write(&path, "1.5,browse\n31.25\nsoon\n").unwrap();
        let profile: Profile = path.to_str().unwrap().parse().unwrap();
        assert_eq!(profile, Profile::File(path.clone(), Duration::from_millis(31_250)));
        let left_out = |seconds| profile.left_out(Duration::from_secs(seconds));
        assert!(left_out(31).unwrap().starts_with("1 of the 2 arrivals of "));
        assert_eq!(left_out(32), None);
        std::fs::write(&path, "1.5,browse\n31.25\n").unwrap();
        let of = |run_time| {
            let rates = [("browse", 1.0)];
            profile.schedules(&rates, Duration::from_secs(run_time), Spacing::Even, 1)
        };
        assert!(of(2).is_ok());
        assert!(of(1).unwrap_err().ends_with(": no arrival within 1 s"));
        std::fs::remove_file(path).unwrap();
    }
}
