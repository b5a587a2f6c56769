//! Values of the contract's types: made, varied around every constraint, and judged.

mod conform;
mod dice;
mod edit;
mod make;
mod number;
mod pattern;
mod redact;
mod text;
mod vary;

pub use conform::{Sender, Violation, violations};
pub use dice::Dice;
pub use edit::{Edit, at_pointer, pointer_part};
pub use make::{Fill, make};
pub use redact::redacted;
pub use vary::{Constraint, Gap, Variant, Varied, coerced, vary, vary_text};

pub(crate) use conform::clipped;
pub(crate) use number::{decimal, is_integer};
pub(crate) use text::is_base64;
