//! The presets: fault plans with a name on the command line. The chances of a preset say what it does; `tell` turns
//! them into words.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Act, Chance, Failure, Moment, Plan, Site};

/// A fault plan with a name on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// `none`: no faults.
    None,
    /// `throttle`: tables and queues throttle one call in ten, and reads are sometimes slow.
    Throttle,
    /// `bus-errors`: the bus returns 5xx, refuses single entries of a batch, and fails to reach its targets.
    BusErrors,
    /// `kill`: execution environments are killed before, during and after the handler.
    Kill,
    /// `lost-response`: calls succeed, but the caller gets an error.
    LostResponse,
    /// `duplicates`: targets and queues get the same event more than once.
    Duplicates,
    /// `late`: events, messages and client requests are delayed by up to seconds, and arrive out of order.
    Late,
    /// `all`: all of the above, each less often.
    All,
}

/// A name that is not a preset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown fault preset `{0}`; the presets are {names}", names = Preset::names())]
pub struct UnknownPreset(String);

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

const fn chance(site: Site, per_mille: u32, act: Act) -> Chance {
    Chance { site, per_mille, act }
}

const THROTTLE: &[Chance] = &[
    chance(Site::TableRead, 100, Act::Fail(Failure::Throttle)),
    chance(Site::TableRead, 20, Act::Delay(ms(20), ms(200))),
    chance(Site::TableWrite, 100, Act::Fail(Failure::Throttle)),
    chance(Site::TableWrite, 20, Act::Delay(ms(20), ms(200))),
    chance(Site::QueueCall, 100, Act::Fail(Failure::Throttle)),
    chance(Site::PutEvents, 50, Act::Fail(Failure::Throttle)),
];

const BUS_ERRORS: &[Chance] = &[
    chance(Site::PutEvents, 60, Act::Fail(Failure::Internal)),
    chance(Site::PutEvents, 60, Act::Fail(Failure::Unavailable)),
    chance(Site::EventEntry, 60, Act::Fail(Failure::Throttle)),
    chance(Site::EventEntry, 60, Act::Fail(Failure::Internal)),
    chance(Site::Delivery, 150, Act::Fail(Failure::Unavailable)),
];

const KILL: &[Chance] = &[
    chance(Site::Invocation, 10, Act::Kill(Moment::Before)),
    chance(Site::Invocation, 10, Act::Kill(Moment::During(ms(10)))),
    chance(Site::Invocation, 10, Act::Kill(Moment::After)),
];

const LOST_RESPONSE: &[Chance] = &[
    chance(Site::PutEvents, 60, Act::LoseResponse),
    chance(Site::QueueCall, 60, Act::LoseResponse),
    chance(Site::TableWrite, 60, Act::LoseResponse),
    chance(Site::TableRead, 20, Act::LoseResponse),
    chance(Site::Request, 30, Act::LoseResponse),
];

const DUPLICATES: &[Chance] = &[
    chance(Site::Delivery, 150, Act::Duplicate(2, ms(500))),
    chance(Site::Arrival, 150, Act::Duplicate(2, ms(500))),
];

const LATE: &[Chance] = &[
    chance(Site::Delivery, 150, Act::Delay(ms(50), ms(3_000))),
    chance(Site::Arrival, 150, Act::Delay(ms(50), ms(3_000))),
    chance(Site::Request, 20, Act::Delay(ms(20), ms(500))),
];

impl Preset {
    /// Every preset, with its name.
    pub const ALL: [(&'static str, Self); 8] = [
        ("none", Self::None),
        ("throttle", Self::Throttle),
        ("bus-errors", Self::BusErrors),
        ("kill", Self::Kill),
        ("lost-response", Self::LostResponse),
        ("duplicates", Self::Duplicates),
        ("late", Self::Late),
        ("all", Self::All),
    ];

    /// What the preset does, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::None => "no faults",
            Self::Throttle => "tables, queues and the bus throttle calls, and tables are slow",
            Self::BusErrors => {
                "the bus fails, refuses single events, and does not reach its targets"
            }
            Self::Kill => "execution environments are killed before, during and after the handler",
            Self::LostResponse => "calls succeed, but the caller gets an error",
            Self::Duplicates => "events and messages are delivered more than once",
            Self::Late => "events, messages and requests are delayed, and arrive out of order",
            Self::All => "all of the above, each a third as often",
        }
    }

    /// The chances of this preset.
    pub fn plan(self) -> Plan {
        let chances = match self {
            Self::None => &[],
            Self::Throttle => THROTTLE,
            Self::BusErrors => BUS_ERRORS,
            Self::Kill => KILL,
            Self::LostResponse => LOST_RESPONSE,
            Self::Duplicates => DUPLICATES,
            Self::Late => LATE,
            Self::All => return everything(),
        };
        Plan::new(chances.iter().copied())
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, preset)| *preset == self).map_or("", |(name, _)| name)
    }

    fn names() -> String {
        let names: Vec<String> = Self::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
        names.join(", ")
    }
}

/// The chances of all presets, each a third as often, so that most calls still succeed.
fn everything() -> Plan {
    let all = [THROTTLE, BUS_ERRORS, KILL, LOST_RESPONSE, DUPLICATES, LATE];
    Plan::new(
        all.iter()
            .copied()
            .flatten()
            .map(|chance| Chance { per_mille: chance.per_mille.div_ceil(3), ..*chance }),
    )
}

impl fmt::Display for Preset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Preset {
    type Err = UnknownPreset;

    fn from_str(text: &str) -> Result<Self, UnknownPreset> {
        let known = Self::ALL.iter().find(|(name, _)| *name == text);
        known.map(|(_, preset)| *preset).ok_or_else(|| UnknownPreset(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::{Decision, Seeded};

    #[test]
    fn names_and_presets_are_one_to_one() {
        for (name, preset) in Preset::ALL {
            assert_eq!(name.parse(), Ok(preset));
            assert_eq!(preset.to_string(), name);
        }
        let refused = "chaos".parse::<Preset>().map_err(|error| error.to_string());
        assert_eq!(
            refused,
            Err("unknown fault preset `chaos`; the presets are `none`, `throttle`, `bus-errors`, \
                 `kill`, `lost-response`, `duplicates`, `late`, `all`"
                .to_owned())
        );
    }

    #[test]
    fn the_shares_of_a_site_leave_room_for_calls_that_succeed() {
        for (name, preset) in Preset::ALL {
            for site in Site::ALL {
                let chances = preset.plan();
                let share: u32 = chances
                    .chances()
                    .iter()
                    .filter(|chance| chance.site == site)
                    .map(|chance| chance.per_mille)
                    .sum();
                assert!(share <= 400, "{name} hurts {share} of 1000 visits to {site:?}");
            }
        }
    }

    #[test]
    fn each_chance_applies_as_often_as_it_says() {
        const VISITS: u64 = 40_000;
        for (name, preset) in Preset::ALL {
            let plan = preset.plan();
            let chaos = Seeded::new(42, plan.clone());
            for site in Site::ALL {
                let hurt = (0..VISITS)
                    .filter(|visit| chaos.decision(site, *visit) != Decision::Proceed)
                    .count() as f64;
                let share: u32 = plan
                    .chances()
                    .iter()
                    .filter(|chance| chance.site == site)
                    .map(|chance| chance.per_mille)
                    .sum();
                let expected = f64::from(share) * VISITS as f64 / 1_000.0;
                let spread = 5.0 * expected.sqrt().max(1.0);
                assert!(
                    (hurt - expected).abs() <= spread,
                    "{name} {site:?}: {hurt}, not {expected}"
                );
            }
        }
    }

    #[test]
    fn drawn_ranges_stay_within_what_the_chance_says() {
        let chaos = Seeded::new(5, Preset::All.plan());
        for visit in 0..20_000 {
            match chaos.decision(Site::Delivery, visit) {
                Decision::Delay(by) => assert!((ms(50)..=ms(3_000)).contains(&by)),
                Decision::Duplicate { copies, gap } => {
                    assert!((1..=2).contains(&copies) && gap <= ms(500));
                }
                Decision::Proceed | Decision::Fail(Failure::Unavailable) => {}
                other => panic!("no chance of a delivery says {other:?}"),
            }
        }
    }
}
