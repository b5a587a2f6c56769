// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod exact;
mod rules;
mod scalars;
mod schemas;

pub use exact::Exact;
pub use scalars::{
    ExactBlank, ExactBoth, ExactEmail, ExactFar, ExactFloat, ExactGreek, ExactHost,
    ExactInt8, ExactLine, ExactPassword, ExactStep, ExactTemplate, ExactText, ExactTwice,
    ExactUint32, ExactUint64, ExactWide, ExactWord,
};
pub use schemas::SCHEMAS;
