//! The code of a function: where it is, and what runs it.

use std::path::PathBuf;

/// What runs the code of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Runtime {
    /// The code itself, which is a program (`provided.al2023`).
    Binary,
    /// An interpreter or a virtual machine, by the name of the runtime: `nodejs22.x`.
    Managed(String),
}

impl Runtime {
    /// The language of a managed runtime: `nodejs` of `nodejs22.x`.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        match self {
            Self::Binary => None,
            Self::Managed(name) if name.starts_with("dotnetcore") => Some("dotnet"),
            Self::Managed(name) => name.split(|c: char| c.is_ascii_digit()).next(),
        }
    }

    /// The version of a managed runtime: `22` of `nodejs22.x`, `3.13` of `python3.13`, `8` of `java8.al2`.
    #[must_use]
    pub fn version(&self) -> &str {
        match (self, self.language()) {
            (Self::Managed(name), Some(language)) => {
                name[language.len()..].trim_end_matches(".x").trim_end_matches(".al2")
            }
            _ => "",
        }
    }
}

/// Where the code of a function is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// A folder, an archive or a program on this machine.
    Local(PathBuf),
    /// The text of the one file that the function is.
    Inline(String),
}

/// A layer.
#[derive(Debug, Clone)]
pub(in crate::template) struct Layer {
    /// Its ARN, version included.
    pub(in crate::template) arn: String,
    /// The folder or archive of its content.
    pub(in crate::template) content: PathBuf,
}
