//! Owns the plans of faults as data: chances per site. It refuses to be clever: a chance is a site, a
//! share of its visits, and what happens then.

use super::{Decision, Dice, Failure, Moment, Site};
use std::time::Duration;

/// What a chance does when its turn has come; ranges are drawn anew each time.
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
pub struct Chance {
    /// Where.
    pub site: Site,
    /// How often, in visits of a thousand.
    pub per_mille: u32,
    /// What.
    pub act: Act,
}

/// The chances of a run. At most one chance of a site applies to a visit, so shares of one site add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    chances: Vec<Chance>,
}

impl Plan {
    /// A plan of these chances.
    pub fn new(chances: impl IntoIterator<Item = Chance>) -> Self {
        Self { chances: chances.into_iter().collect() }
    }

    /// The chances, in the order in which their shares are laid out.
    pub fn chances(&self) -> &[Chance] {
        &self.chances
    }

    /// Whether anything ever goes wrong at one of these sites.
    pub fn hurts(&self, sites: &[Site]) -> bool {
        self.chances.iter().any(|chance| chance.per_mille > 0 && sites.contains(&chance.site))
    }

    /// The decision that the dice give for a visit to `site`.
    pub(super) fn draw(&self, site: Site, dice: &mut Dice) -> Decision {
        let mut rolled = dice.below(1_000) as u32;
        for chance in self.chances.iter().filter(|chance| chance.site == site) {
            if rolled < chance.per_mille {
                return chance.act.decide(dice);
            }
            rolled -= chance.per_mille;
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
