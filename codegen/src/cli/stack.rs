//! The contracts that a deployed stack was made of, kept in its template's metadata.
//!
//! Owns the form: one line of base64 around a compressed JSON object of path and text. `deploy` writes it, and leaves it
//! out where the template would become too large; whoever compares reads it by the AWS command line.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::source::SourceMap;

/// The key in the metadata, and what its text begins with.
const KEY: &str = "CodegenContracts";
const MARK: &str = "contracts:v1:";

/// How many bytes contracts have at most, so that nobody's template fills the memory.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A template with the contracts in its metadata; none where it would be larger than CloudFormation takes.
pub(super) fn with_contracts(template: &str, sources: &SourceMap) -> Result<Option<String>> {
    let line = format!("  {KEY}: '{MARK}{}'\n", archived(sources)?);
    let metadata = template.find("\nMetadata:\n").map(|at| at + "\nMetadata:\n".len());
    let text = match metadata {
        Some(at) => format!("{}{line}{}", &template[..at], &template[at..]),
        None => format!("{}\nMetadata:\n{line}", template.trim_end()),
    };
    Ok(Some(text).filter(|text| text.len() <= limits::TEMPLATE_BYTES as usize))
}

fn archived(sources: &SourceMap) -> Result<String> {
    let files: BTreeMap<&str, &str> =
        sources.files().map(|(_, file)| (file.path.as_str(), file.text.as_str())).collect();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&serde_json::to_vec(&files)?)?;
    Ok(STANDARD.encode(encoder.finish()?))
}

/// The contracts of a stack.
pub(super) fn contracts(stack: &str) -> Result<SourceMap> {
    let mut command = Command::new("aws");
    command.args(["cloudformation", "get-template", "--output", "json", "--stack-name", stack]);
    let output = command.stdin(Stdio::null()).output();
    let output = output.context("cannot start the AWS CLI, which is needed to read the stack")?;
    if !output.status.success() {
        bail!(
            "cannot read the stack `{stack}`: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    let text = String::from_utf8_lossy(&output.stdout);
    match in_template(&text)? {
        Some(sources) => Ok(sources),
        None => bail!(
            "the template of the stack `{stack}` has no contracts in its metadata; `codegen deploy` stores them there"
        ),
    }
}

/// The contracts in a template, whatever its form.
fn in_template(text: &str) -> Result<Option<SourceMap>> {
    let Some(at) = text.find(MARK) else { return Ok(None) };
    let code = &text[at + MARK.len()..];
    let is_code = |sign: char| sign.is_ascii_alphanumeric() || "+/=".contains(sign);
    let code: String = code.chars().take_while(|sign| is_code(*sign)).collect();
    let about = "the contracts in the template's metadata are corrupt";
    let deflated = STANDARD.decode(code).context(about)?;
    let mut json = String::new();
    DeflateDecoder::new(&*deflated).take(MAX_BYTES).read_to_string(&mut json).context(about)?;
    let files: BTreeMap<String, String> = serde_json::from_str(&json).context(about)?;
    let mut sources = SourceMap::default();
    for (path, text) in files {
        sources.add(path, text);
    }
    Ok(Some(sources))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn contracts_come_back_from_a_template() {
        let mut sources = SourceMap::default();
        sources.add("spec/a/openapi.yaml", "openapi: 3.1.0 # é\n");
        sources.add("spec/schemas/b.yaml", "B: {}\n".repeat(1000));
        for template in ["A: 1\nMetadata:\n  B: 1\nC: 2\n", "A: 1\n"] {
            let text = with_contracts(template, &sources).unwrap().unwrap();
            assert!(text.matches("Metadata:").count() == 1 && text.starts_with("A: 1\n"), "{text}");
            // As it is, and as a command prints it.
            for text in [text.clone(), serde_json::json!({ "TemplateBody": text }).to_string()] {
                let read = in_template(&text).unwrap().unwrap();
                assert_eq!(read.sums(), sources.sums());
            }
        }
        assert!(in_template("A: 1\n").unwrap().is_none());
        assert!(in_template("A: contracts:v1:AAAA\n").is_err());
        let large = format!("A: {}\n", "a".repeat(limits::TEMPLATE_BYTES as usize));
        assert!(with_contracts(&large, &sources).unwrap().is_none());
    }
}
