// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::Text;

use super::rules;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Card/properties/token`
pub type CardToken = Text<rules::CardToken>;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/FunctionKind`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FunctionKind {
    /// `function`
    Function,
}

runtime::enum_type!(FunctionKind { Function = "function" });

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/SearchTool/properties/type`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchToolType {
    /// `web_search`
    WebSearch,
    /// `web_search_2025`
    WebSearch2025,
}

runtime::enum_type!(SearchToolType { WebSearch = "web_search", WebSearch2025 = "web_search_2025" });

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/FileRead/properties/type`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileReadType {
    /// `read`
    Read,
}

runtime::enum_type!(FileReadType { Read = "read" });

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/FileWrite/properties/type/allOf/0`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileWriteType {
    /// `write`
    Write,
    /// `append`
    Append,
}

runtime::enum_type!(FileWriteType { Write = "write", Append = "append" });
