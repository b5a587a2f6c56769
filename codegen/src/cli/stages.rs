//! The settings of stages against the template: what `deploy` or CloudFormation would refuse, told where it stands.
//!
//! Reads the template that is there, which is the one that is deployed; whether it is up to date is judged elsewhere.

use anyhow::Result;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::settings::KEYS;
use super::{Folders, package};
use crate::diag::catalog::stages as fault;
use crate::diag::{Diagnostic, Sink};
use crate::parse::{Node, yaml};
use crate::read;
use crate::source::{FileId, SourceMap, Span};

/// What is wrong with the settings of all stages.
pub(super) fn check(folders: &Folders, sources: &mut SourceMap) -> Result<Vec<Diagnostic>> {
    let template = read::text_if_there(&folders.out.join("infra/template.yaml"))?;
    let parameters = template.as_deref().and_then(parameters);
    let mut found = vec![];
    for path in read::entries_of(&package::workspace(folders).join("infra/stages")) {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            continue;
        };
        if !name.ends_with(".toml") || !path.is_file() {
            continue;
        }
        let Some(text) = read::text_if_there(&path)? else { continue };
        let file = sources.add(format!("infra/stages/{name}"), text.clone());
        check_file(file, &text, parameters.as_ref(), &mut found);
    }
    Ok(found)
}

/// The declarations of a template's parameters: the part of the text below `Parameters`.
fn parameters(template: &str) -> Option<Node> {
    const KEY: &str = "\nParameters:\n";
    let start = template.find(KEY)? + KEY.len();
    let is_next = |line: &&str| !line.starts_with([' ', '#', '\n', '\r']);
    let length: usize = template[start..]
        .split_inclusive('\n')
        .take_while(|line| !is_next(line))
        .map(str::len)
        .sum();
    let mut scratch = SourceMap::default();
    let text = &template[start..start + length];
    yaml::parse(scratch.add("template", text), text, &Sink::default())
}

fn check_file(file: FileId, text: &str, declared: Option<&Node>, found: &mut Vec<Diagnostic>) {
    let at = |range: std::ops::Range<usize>| Span {
        file,
        start: u32::try_from(range.start).unwrap_or(0),
        end: u32::try_from(range.end).unwrap_or(0),
    };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            found.push(fault::not_toml(at(error.span().unwrap_or(0..0)), error.message()));
            return;
        }
    };
    for (key, value) in table.get_ref() {
        let name = key.get_ref().as_ref();
        if !KEYS.contains(&name) {
            found.push(fault::unknown_setting(at(key.span()), name, &KEYS));
        }
        let (DeValue::Table(values), "parameters", Some(declared)) =
            (value.get_ref(), name, declared)
        else {
            continue;
        };
        let known: Vec<&str> = declared.entries().iter().map(|one| one.key.as_str()).collect();
        for (key, value) in values {
            let name = key.get_ref().as_ref();
            let Some(parameter) = declared.get(name) else {
                found.push(fault::unknown_parameter(at(key.span()), name, &known));
                continue;
            };
            let written = written(text, value);
            let allowed: Vec<&str> = parameter
                .get("AllowedValues")
                .map(Node::items)
                .unwrap_or_default()
                .iter()
                .filter_map(|one| one.text().or_else(|| one.number()))
                .collect();
            if !allowed.is_empty() && !allowed.contains(&written.as_str()) {
                found.push(fault::refused_value(at(value.span()), name, &written, &allowed));
            }
        }
    }
}

/// A value as CloudFormation takes it, which is text.
fn written(text: &str, value: &Spanned<DeValue<'_>>) -> String {
    match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        _ => text.get(value.span()).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::diag::render::render_text;

    const TEMPLATE: &str = "Metadata: {}\n\nParameters:\n  StageName:\n    Type: String\n  LogLevel:\n    Type: String\n    \
         AllowedValues:\n      - DEBUG\n      - INFO\n  LogRetentionDays:\n    Type: Number\n    AllowedValues:\n      - 7\n\n\
         Resources: {}\n";

    fn said(settings: &str) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add("infra/stages/dev.toml", settings);
        let mut found = vec![];
        check_file(file, settings, parameters(TEMPLATE).as_ref(), &mut found);
        render_text(&found, &sources, false)
    }

    #[test]
    fn what_a_deployment_would_refuse_is_told_at_its_place() {
        let fine = "stack = \"a\"\n[parameters]\nLogLevel = \"INFO\"\nLogRetentionDays = 7\n";
        assert_eq!(said(fine), "");
        for (settings, place, says) in [
            ("stak = \"a\"\n", "dev.toml:1:1", "did you mean `stack`?"),
            ("[parameter]\nLogLevel = \"INFO\"\n", "dev.toml:1:2", "did you mean `parameters`?"),
            ("[parameters]\nLoglevel = \"INFO\"\n", "dev.toml:2:1", "did you mean `LogLevel`?"),
            ("[parameters]\nLogLevel = \"debug\"\n", "dev.toml:2:12", "did you mean `DEBUG`?"),
            ("[parameters]\nLogRetentionDays = 8\n", "dev.toml:2:20", "it takes `7`"),
            ("stack = a\n", "dev.toml:1:9", "invalid TOML"),
        ] {
            let said = said(settings);
            assert!(said.contains(place) && said.contains(says), "{settings}: {said}");
        }
    }
}
