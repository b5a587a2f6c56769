//! Owns the plans of faults as data: rules per site. It refuses to be clever: a rule is a site, a
//! share of its visits, and what happens then.

use super::{Decision, Dice, Failure, Moment, Site};
use std::time::Duration;

/// What a rule does when its turn has come; ranges are drawn anew each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Answer with an error and do nothing.
    Fail(Failure),
    /// Wait between the two durations first.
    Delay(Duration, Duration),
    /// Do it again, up to so many copies, each up to the duration after the one before.
    Duplicate(u32, Duration),
    /// Do it, and answer as if it had failed.
    LoseResponse,
    /// Kill the environment at this moment; one in the middle of the work comes between at once and
    /// the duration that it holds.
    Kill(Moment),
}

/// One kind of fault at one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Where.
    pub site: Site,
    /// How often, in visits of a thousand.
    pub per_mille: u32,
    /// What.
    pub act: Act,
}

/// The rules of a run. At most one rule of a site applies to a visit, so shares of one site add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    rules: Vec<Rule>,
}

impl Plan {
    /// A plan of these rules.
    pub fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { rules: rules.into_iter().collect() }
    }

    /// The rules, in the order in which their shares are laid out.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether anything ever goes wrong at one of these sites.
    pub fn hurts(&self, sites: &[Site]) -> bool {
        self.rules.iter().any(|rule| rule.per_mille > 0 && sites.contains(&rule.site))
    }

    /// The decision that the dice give for a visit to `site`.
    pub(super) fn draw(&self, site: Site, dice: &mut Dice) -> Decision {
        let mut rolled = dice.below(1_000) as u32;
        for rule in self.rules.iter().filter(|rule| rule.site == site) {
            if rolled < rule.per_mille {
                return rule.act.decide(dice);
            }
            rolled -= rule.per_mille;
        }
        Decision::Proceed
    }
}

impl Act {
    fn decide(self, dice: &mut Dice) -> Decision {
        match self {
            Self::Fail(failure) => Decision::Fail(failure),
            Self::Delay(least, most) => Decision::Delay(dice.between(least, most)),
            Self::Duplicate(most, gap) => Decision::Duplicate {
                copies: 1 + dice.below(u64::from(most)) as u32,
                gap: dice.between(Duration::ZERO, gap),
            },
            Self::LoseResponse => Decision::LoseResponse,
            Self::Kill(Moment::During(most)) => {
                Decision::Kill(Moment::During(dice.between(Duration::ZERO, most)))
            }
            Self::Kill(moment) => Decision::Kill(moment),
        }
    }
}
