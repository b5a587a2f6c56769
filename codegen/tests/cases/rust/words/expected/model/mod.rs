// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod ab;
mod ab_fields_2;
mod box_value;
mod clone_value;
mod option_value;
mod order_2;
mod order_all;
mod other;
mod r#async;
mod rules;
mod scalars;
mod self_value;
mod self_value_3;
mod third;
mod vec_value;

pub use ab::Ab;
pub use ab_fields_2::AbFields2;
pub use box_value::BoxValue;
pub use clone_value::CloneValue;
pub use option_value::OptionValue;
pub use order_2::Order2;
pub use order_all::OrderAll;
pub use other::Other;
pub use r#async::Async;
pub use scalars::{
    AbFieldsKey, AbKey2, Mark, OtherKey2, SelfKey, SelfOperationType, SelfType,
    SelfValue2, ThirdKey2,
};
pub use self_value::SelfValue;
pub use self_value_3::SelfValue3;
pub use third::Third;
pub use vec_value::VecValue;
