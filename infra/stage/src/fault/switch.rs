//! Faults that are switched on and off while the stage runs.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Calm, Chaos, Decision, Preset, Seeded, Site};

/// Decides as what it is set to decides.
#[derive(Debug)]
pub struct Switch(RwLock<(Option<Preset>, Arc<dyn Chaos>)>);

impl Switch {
    /// A switch that is set to faults, or to none.
    #[must_use]
    pub fn new(preset: Option<Preset>, chaos: Arc<dyn Chaos>) -> Self {
        Self(RwLock::new((preset, chaos)))
    }

    /// What is on.
    #[must_use]
    pub fn preset(&self) -> Option<Preset> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).0
    }

    /// Switches faults of a preset on, from a seed that nobody chose, or everything off.
    pub fn set(&self, preset: Option<Preset>) {
        let chaos: Arc<dyn Chaos> = match preset {
            Some(preset) => Arc::new(Seeded::at_random(preset.plan())),
            None => Arc::new(Calm),
        };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = (preset, chaos);
    }
}

impl Chaos for Switch {
    fn decide(&self, site: Site) -> Decision {
        self.0.read().unwrap_or_else(PoisonError::into_inner).1.decide(site)
    }
}
