// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod filter;
mod filter_price;
mod place;
mod read_styles_pairs;
mod read_styles_some;
mod rules;
mod scalars;
mod send_form_body;

pub use filter::Filter;
pub use filter_price::FilterPrice;
pub use place::Place;
pub use read_styles_pairs::ReadStylesPairs;
pub use read_styles_some::ReadStylesSome;
pub use scalars::{ReadStylesSid, SendFormBodyAge, SendTextBody, UploadBodyNote};
pub use send_form_body::SendFormBody;
