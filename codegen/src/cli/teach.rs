//! What helps people and editors: schemas of the contracts, a diagram of the system, completions of the shell.

use anyhow::{Context as _, Result};

use super::arguments::{Arguments, DocumentKind, GraphLanguage};
use super::report::{CheckReport, count};
use super::{Exit, Folders, find_spec, print, tell};
use crate::emit::{self, Language};
use crate::source::SourceMap;
use crate::{editor, output};

/// Where the schemas are, beside the folder of contracts.
pub(super) const SCHEMAS: &str = ".schemas";

/// Writes the schemas for editors, or prints one.
pub(super) fn schema(arguments: &Arguments, kind: Option<DocumentKind>) -> Result<Exit> {
    let schemas = editor::schemas();
    if let Some(kind) = kind {
        let name = match kind {
            DocumentKind::OpenApi => "openapi.schema.json",
            DocumentKind::AsyncApi => "asyncapi.schema.json",
            DocumentKind::Arazzo => "arazzo.schema.json",
        };
        return print(schemas.get(name).unwrap_or_default()).map(|()| Exit::Clean);
    }
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => find_spec()?,
    };
    let whole = spec.canonicalize().with_context(|| format!("cannot find {}", spec.display()))?;
    let folder = whole.parent().unwrap_or(&whole).join(SCHEMAS);
    let written = output::write(&folder, &schemas)?;
    if !arguments.quiet {
        let shown = super::package::shown(&folder);
        print(&format!(
            "{} written, {} unchanged in {shown}\n\
         Use them in an editor for `spec/*/openapi.yaml`, `spec/*/asyncapi.yaml` and `spec/workflows/*.arazzo.yaml`, or in the first line of a document:\n  \
         # yaml-language-server: $schema=../../{SCHEMAS}/openapi.schema.json\n",
            count(written.n_written, "file"),
            written.n_unchanged
        ))?;
    }
    Ok(Exit::Clean)
}

/// Prints the system as a diagram.
pub(super) fn graph(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    language: GraphLanguage,
) -> Result<Exit> {
    let resolved = crate::resolve(&sources);
    let Some(system) = resolved.system else {
        let mut report = CheckReport::new(sources, &folders.out_name);
        report.diagnostics = resolved.diagnostics;
        tell(arguments, &report)?;
        return Ok(Exit::Refused);
    };
    let language = match language {
        GraphLanguage::Mermaid => Language::Mermaid,
        GraphLanguage::Dot => Language::Dot,
        GraphLanguage::Svg => Language::Svg,
    };
    print(&emit::diagram(&system, language)).map(|()| Exit::Clean)
}

/// Prints the completions of a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command_line(), "codegen", &mut text);
    print(&String::from_utf8_lossy(&text)).map(|()| Exit::Clean)
}

impl Arguments {
    /// The whole command line, as it is parsed.
    fn command_line() -> clap::Command {
        <Self as clap::CommandFactory>::command()
    }
}
