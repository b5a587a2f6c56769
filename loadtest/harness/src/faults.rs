//! The injected faults of a run on the local stage, and their effects. Only a local stage supports them.

use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use stage::fault::{Preset, Seeded};

use crate::options::RunArgs;

/// What went wrong on purpose, from the start of the stage to the last look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultFigures {
    /// The name of the plan.
    pub preset: String,
    /// What it was drawn from.
    pub seed: u64,
    /// Per place at which something could go wrong; those that nobody came to are left out.
    pub sites: Vec<FaultSite>,
}

/// How one place fared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultSite {
    /// What it is called.
    pub site: String,
    /// How often something could have gone wrong.
    pub asked: u64,
    /// How often it did.
    pub hurt: u64,
}

/// What goes wrong on purpose while a run is made.
#[derive(Debug, Clone)]
pub struct Faults {
    preset: Preset,
    seeded: Arc<Seeded>,
}

impl Faults {
    /// What was asked for; a seed that nobody chose is drawn. `None` when nothing is to go wrong.
    #[must_use]
    pub fn of(args: &RunArgs) -> Option<Self> {
        let preset = args.faults?;
        let seeded = match args.fault_seed {
            Some(seed) => Seeded::new(seed, preset.plan()),
            None => Seeded::at_random(preset.plan()),
        };
        Some(Self { preset, seeded: Arc::new(seeded) })
    }

    /// What the stage asks.
    #[must_use]
    pub fn seeded(&self) -> &Arc<Seeded> {
        &self.seeded
    }

    /// How each site has fared so far; sites that nobody came to are left out.
    #[must_use]
    pub fn figures(&self) -> FaultFigures {
        let sites = self.seeded.tally().into_iter().filter(|tally| tally.asked > 0);
        let sites = sites.map(|tally| FaultSite {
            site: tally.site.to_string(),
            asked: tally.asked,
            hurt: tally.hurt,
        });
        FaultFigures {
            preset: self.preset.name().to_owned(),
            seed: self.seeded.seed(),
            sites: sites.collect(),
        }
    }
}

impl Display for Faults {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}, --fault-seed {}", self.preset, self.seeded.seed())
    }
}
