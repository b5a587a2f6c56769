//! The embedded local stage.

pub mod bus;
pub mod clock;
pub mod fault;
pub mod queue;
