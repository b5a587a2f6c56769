//! Whether every value of one type is a value of another, and where it is not, why: change by change.
//!
//! Owns the one comparison of types that there is: of a contract before and after, and of what a sender sends with what
//! a receiver takes. Knows neither who sends nor who reads, and judges nothing. Scalars are compared by
//! the module `values`, and so exactly.

mod change;
mod checks;
mod count;
mod finite;
mod meaning;
mod property;
mod scalar;
mod shape;
mod union;
mod walk;
mod written;

pub use change::{Change, Effect, Kind};
pub(crate) use checks::order;
pub(crate) use finite::values as listed_values;
pub(crate) use meaning::{Said, compare as compare_meanings};
pub(crate) use shape::{Resolved, Rest, Shape, resolve};
pub(crate) use walk::{Form, Here, Walker};
