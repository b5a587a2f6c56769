// @generated from the contracts in spec/; edits are overwritten.

//! `FileTool`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{FileRead, FileWrite};

/// Its own alternatives are selected by the same property.
///
/// - **Shape** an object; `type` names the variant
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/FileTool`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum FileTool {
    Read(FileRead),
    FileWrite(FileWrite),
}

impl Decode for FileTool {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        runtime::tagged(
            at,
            out,
            "type",
            &[
                ("read", |at, out| Decode::decode(at, out).map(Self::Read)),
                ("write", |at, out| Decode::decode(at, out).map(Self::FileWrite)),
                ("append", |at, out| Decode::decode(at, out).map(Self::FileWrite)),
            ],
        )
    }
}

impl Encode for FileTool {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Read(value) => runtime::encode_tagged(out, "type", "read", value),
            Self::FileWrite(value) => value.encode(out),
        }
    }
}

impl From<FileRead> for FileTool {
    fn from(value: FileRead) -> Self {
        Self::Read(value)
    }
}

impl From<FileWrite> for FileTool {
    fn from(value: FileWrite) -> Self {
        Self::FileWrite(value)
    }
}
