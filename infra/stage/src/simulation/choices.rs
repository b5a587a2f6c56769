//! The choices that decide a run: drawn from a seed, or given.
//!
//! A choice belongs to a place and to how often the run has come there, so that leaving one out moves no other. Whatever
//! was not chosen goes well.

use std::collections::BTreeMap;

use crate::fault::Dice;

/// How often something goes wrong: once in so many choices.
const RARITY: u64 = 6;

/// The most faults of one run, so that every run comes to rest.
const MAX_FAULTS: usize = 8;

/// What goes wrong: at the nth visit of a place, which of its faults, from 1 on.
pub(super) type Faults = BTreeMap<(&'static str, u32), u32>;

/// Where the choices of a run come from, and which were made.
#[derive(Debug)]
pub(super) struct Choices {
    planned: Faults,
    dice: Option<Dice>,
    visits: BTreeMap<&'static str, u32>,
    made: Faults,
}

impl Choices {
    /// Choices drawn from a seed.
    pub(super) fn drawn(seed: u64) -> Self {
        let dice = Some(Dice::seeded(seed));
        Self { planned: Faults::new(), dice, visits: BTreeMap::new(), made: Faults::new() }
    }

    /// Choices that were made before.
    pub(super) fn given(planned: &Faults) -> Self {
        let planned = planned.clone();
        Self { planned, dice: None, visits: BTreeMap::new(), made: Faults::new() }
    }

    /// Whether they were made before.
    pub(super) fn are_given(&self) -> bool {
        self.dice.is_none()
    }

    /// What goes wrong at this place now, from 1 to `n_faults`; mostly nothing.
    pub(super) fn fault(&mut self, place: &'static str, n_faults: u32) -> u32 {
        let visits = self.visits.entry(place).or_insert(0);
        let visit = (place, *visits);
        *visits += 1;
        let chosen = match &mut self.dice {
            None => self.planned.get(&visit).copied().unwrap_or(0).min(n_faults),
            Some(_) if self.made.len() >= MAX_FAULTS => 0,
            Some(dice) => match dice.below(RARITY) {
                0 => 1 + dice.below(u64::from(n_faults)) as u32,
                _ => 0,
            },
        };
        if chosen > 0 {
            self.made.insert(visit, chosen);
        }
        chosen
    }

    /// The choices that were made.
    pub(super) fn made(self) -> Faults {
        self.made
    }
}

/// The simplest faults found under which something still holds, and were really met: one after the other is left out,
/// made milder, or earlier.
pub(super) fn shrunk(faults: Faults, holds: impl Fn(&Faults) -> Option<Faults>) -> Faults {
    let mut best = faults;
    loop {
        let tried = best.iter().flat_map(|(at, kind)| simpler(&best, *at, *kind));
        match tried.into_iter().find_map(|faults| holds(&faults)) {
            Some(simpler) if weight(&simpler) < weight(&best) => best = simpler,
            _ => return best,
        }
    }
}

/// The same faults with one of them left out, milder, or earlier.
fn simpler(faults: &Faults, at: (&'static str, u32), kind: u32) -> Vec<Faults> {
    let mut without = faults.clone();
    without.remove(&at);
    let with = |at, kind| {
        let mut faults = without.clone();
        faults.entry(at).or_insert(kind);
        faults
    };
    let milder = (1..kind).map(|milder| with(at, milder));
    let earlier = (0..at.1).map(|visit| with((at.0, visit), kind));
    std::iter::once(without.clone()).chain(milder).chain(earlier).collect()
}

/// How complicated faults are: how many, and which.
fn weight(faults: &Faults) -> (usize, u32) {
    (faults.len(), faults.iter().map(|((_, visit), kind)| visit + kind).sum())
}
