//! Injected faults: a seeded plan that every part of the stage asks before it acts. This module decides; each part
//! knows what a fault means for it, and carries it out.
//!
//! A decision depends only on the seed, the site, and how often that site has asked. Two runs with the same seed
//! therefore see the same sequence of faults at each site, whatever the order in which sites take turns.
//!
//! | part | site | asks |
//! | --- | --- | --- |
//! | bus | [`Site::PutEvents`] | once per call, before anything is done |
//! | bus | [`Site::EventEntry`] | once per entry of a call |
//! | bus | [`Site::Delivery`] | once per attempt to deliver an event to a target |
//! | queue | [`Site::QueueCall`] | once per call over the wire |
//! | queue | [`Site::Arrival`] | once per message sent to a standard queue |
//! | table | [`Site::TableRead`], [`Site::TableWrite`] | once per call through the AWS endpoint |
//! | functions | [`Site::Invocation`] | once per event that an execution environment takes |
//! | gateway | [`Site::Request`] | once per client request |

mod plan;
mod preset;
mod switch;
mod tell;

pub use plan::{Act, Chance, Plan};
pub use preset::{Preset, UnknownPreset};
pub use switch::Switch;
pub use tell::{render_tally, teach};

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A place in the stage where something can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    /// A `PutEvents` call as a whole.
    PutEvents,
    /// One entry of a `PutEvents` call.
    EventEntry,
    /// One attempt to deliver one event to one target.
    Delivery,
    /// A call to the queue service over the wire.
    QueueCall,
    /// A message on its way into a standard queue.
    Arrival,
    /// A call that reads a table.
    TableRead,
    /// A call that writes a table.
    TableWrite,
    /// An invocation of a function.
    Invocation,
    /// A client's request to the API.
    Request,
}

impl Site {
    /// Every site, in the order of their discriminants.
    pub const ALL: [Self; 9] = [
        Self::PutEvents,
        Self::EventEntry,
        Self::Delivery,
        Self::QueueCall,
        Self::Arrival,
        Self::TableRead,
        Self::TableWrite,
        Self::Invocation,
        Self::Request,
    ];
}

/// The error that a failed call answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Asked too often: the service's own throttling error.
    Throttle,
    /// A 500 of the service.
    Internal,
    /// A 503 of the service.
    Unavailable,
}

/// When an execution environment dies, seen from its handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// After the event was taken and before the handler could do anything: the stage kills the
    /// process instead of answering its poll.
    Before,
    /// While the handler works: the stage kills the process this long after it took the event, or
    /// when the answer arrives if that is sooner.
    During(Duration),
    /// After the handler's work is done and before its answer counts: the stage kills the process
    /// when the answer arrives, and discards that answer.
    After,
}

/// What is to happen at a site this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nothing out of the ordinary.
    Proceed,
    /// Do nothing of what was asked, and answer with this error.
    Fail(Failure),
    /// Wait, then do as asked.
    Delay(Duration),
    /// Do as asked, and once more for each copy, each copy `gap` later than the one before.
    Duplicate {
        /// How many times beyond the first.
        copies: u32,
        /// The time between two copies.
        gap: Duration,
    },
    /// Do as asked, then answer as if the service had failed: the caller cannot know that the work
    /// is done.
    LoseResponse,
    /// Kill the execution environment that does the work.
    Kill(Moment),
}

/// Decides what goes wrong. Implementations are asked on hot paths and must not block.
pub trait Chaos: Send + Sync + 'static {
    /// The decision for this visit to `site`.
    fn decide(&self, site: Site) -> Decision;
}

impl fmt::Debug for dyn Chaos {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Chaos")
    }
}

/// Nothing ever goes wrong.
#[derive(Debug, Clone, Copy, Default)]
pub struct Calm;

impl Chaos for Calm {
    fn decide(&self, _: Site) -> Decision {
        Decision::Proceed
    }
}

/// Faults drawn from a seed according to a plan.
#[derive(Debug)]
pub struct Seeded {
    seed: u64,
    plan: Plan,
    asked: [AtomicU64; Site::ALL.len()],
    hurt: [AtomicU64; Site::ALL.len()],
}

impl Seeded {
    /// Faults of `plan`, in the order that `seed` gives them.
    pub fn new(seed: u64, plan: Plan) -> Self {
        Self { seed, plan, asked: Default::default(), hurt: Default::default() }
    }

    /// Faults of `plan` from a seed that nobody chose, short enough to be typed again.
    pub fn at_random(plan: Plan) -> Self {
        let (random, _) = uuid::Uuid::new_v4().as_u64_pair();
        Self::new(random >> 40, plan)
    }

    /// The seed, to be printed so that the run can be repeated.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What is drawn from it.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What the visit number `visit` to `site` (counted from 0) brings.
    pub fn decision(&self, site: Site, visit: u64) -> Decision {
        let mut dice = Dice::new(self.seed, site, visit);
        self.plan.draw(site, &mut dice)
    }

    /// How often each site asked and how often it was not told to proceed.
    pub fn tally(&self) -> Vec<Tally> {
        Site::ALL
            .iter()
            .map(|&site| Tally {
                site,
                asked: self.asked[site as usize].load(Ordering::Relaxed),
                hurt: self.hurt[site as usize].load(Ordering::Relaxed),
            })
            .collect()
    }
}

impl Chaos for Seeded {
    fn decide(&self, site: Site) -> Decision {
        let visit = self.asked[site as usize].fetch_add(1, Ordering::Relaxed);
        let decision = self.decision(site, visit);
        if decision != Decision::Proceed {
            self.hurt[site as usize].fetch_add(1, Ordering::Relaxed);
        }
        decision
    }
}

/// How a site fared in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The site.
    pub site: Site,
    /// How often it asked.
    pub asked: u64,
    /// How often the answer was a fault.
    pub hurt: u64,
}

/// A short sequence of random numbers that belongs to one visit of one site.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    fn new(seed: u64, site: Site, visit: u64) -> Self {
        let mut dice = Self(seed ^ (site as u64).wrapping_mul(0xA076_1D64_78BD_642F));
        // One step apart, so that neighbouring visits do not share neighbouring states.
        dice.0 = dice.roll() ^ visit.wrapping_mul(0xE703_7ED1_A0B4_28DB);
        dice
    }

    /// A sequence from a seed alone, for jitter and the like.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number, evenly spread over all 64 bits (the SplitMix64 sequence).
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, or 0 when `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.roll()) * u128::from(bound)) >> 64) as u64
    }

    /// A duration between the two, both included, in whole microseconds.
    pub fn between(&mut self, least: Duration, most: Duration) -> Duration {
        let span = most.saturating_sub(least).as_micros() as u64;
        least + Duration::from_micros(self.below(span.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(chaos: &Seeded, site: Site, n: usize) -> Vec<Decision> {
        (0..n).map(|_| chaos.decide(site)).collect()
    }

    #[test]
    fn one_seed_gives_one_sequence_per_site_in_whatever_order_sites_ask() {
        let plan = || Preset::All.plan();
        let one = Seeded::new(7, plan());
        let writes = sequence(&one, Site::TableWrite, 500);
        let events = sequence(&one, Site::EventEntry, 500);

        let other = Seeded::new(7, plan());
        let (mut other_writes, mut other_events) = (Vec::new(), Vec::new());
        for _ in 0..500 {
            other_events.push(other.decide(Site::EventEntry));
            other_writes.push(other.decide(Site::TableWrite));
        }
        assert_eq!(writes, other_writes);
        assert_eq!(events, other_events);
        assert_ne!(writes, sequence(&Seeded::new(8, plan()), Site::TableWrite, 500));
    }

    #[test]
    fn the_tally_counts_visits_and_faults() {
        let chaos = Seeded::new(1, Preset::Throttle.plan());
        let faults = sequence(&chaos, Site::TableWrite, 2_000)
            .iter()
            .filter(|decision| **decision != Decision::Proceed)
            .count() as u64;
        let tally = chaos.tally();
        let writes = tally.iter().find(|tally| tally.site == Site::TableWrite);
        assert_eq!(writes, Some(&Tally { site: Site::TableWrite, asked: 2_000, hurt: faults }));
        assert!(faults > 0);
    }

    #[test]
    fn dice_stay_within_their_bounds_and_reach_them() {
        let mut dice = Dice::seeded(3);
        let drawn: Vec<u64> = (0..1_000).map(|_| dice.below(4)).collect();
        assert!((0..4).all(|face| drawn.contains(&face)) && drawn.iter().all(|face| *face < 4));
        assert_eq!(dice.below(0), 0);
        let (least, most) = (Duration::from_millis(2), Duration::from_millis(3));
        assert!((0..1_000).all(|_| (least..=most).contains(&dice.between(least, most))));
    }
}
