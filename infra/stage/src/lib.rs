//! The embedded local stage.

pub mod clock;
pub mod fault;
pub mod queue;
