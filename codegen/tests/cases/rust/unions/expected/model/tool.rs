// @generated from the contracts in spec/; edits are overwritten.

//! `Tool`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{FileTool, FunctionTool, SearchTool};

/// Each alternative lists the values that select it, in one way or another.
///
/// - **Shape** an object; `type` names the variant
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tool`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Tool {
    Function(FunctionTool),
    SearchTool(SearchTool),
    FileTool(FileTool),
}

impl Decode for Tool {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::tagged(
            at,
            out,
            "type",
            &[
                ("function", |at, out| Decode::decode(at, out).map(Self::Function)),
                ("web_search", |at, out| Decode::decode(at, out).map(Self::SearchTool)),
                (
                    "web_search_2025",
                    |at, out| Decode::decode(at, out).map(Self::SearchTool),
                ),
                ("read", |at, out| Decode::decode(at, out).map(Self::FileTool)),
                ("write", |at, out| Decode::decode(at, out).map(Self::FileTool)),
                ("append", |at, out| Decode::decode(at, out).map(Self::FileTool)),
            ],
        )
    }
}

impl Encode for Tool {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Function(value) => {
                runtime::encode_tagged(out, "type", "function", value)
            }
            Self::SearchTool(value) => value.encode(out),
            Self::FileTool(value) => value.encode(out),
        }
    }
}

impl From<FunctionTool> for Tool {
    fn from(value: FunctionTool) -> Self {
        Self::Function(value)
    }
}

impl From<SearchTool> for Tool {
    fn from(value: SearchTool) -> Self {
        Self::SearchTool(value)
    }
}

impl From<FileTool> for Tool {
    fn from(value: FileTool) -> Self {
        Self::FileTool(value)
    }
}
