// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod any;
mod card;
mod either;
mod file_read;
mod file_tool;
mod file_write;
mod function_tool;
mod payment;
mod rules;
mod scalars;
mod search_tool;
mod things;
mod tool;
mod transfer;

pub use any::Any;
pub use card::Card;
pub use either::Either;
pub use file_read::FileRead;
pub use file_tool::FileTool;
pub use file_write::FileWrite;
pub use function_tool::FunctionTool;
pub use payment::Payment;
pub use scalars::{CardToken, FileReadType, FileWriteType, FunctionKind, SearchToolType};
pub use search_tool::SearchTool;
pub use things::Things;
pub use tool::Tool;
pub use transfer::Transfer;
