//! Settings of stages (`infra/stages/<stage>.toml`): what a deployment of the same contracts makes otherwise.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::finding::{Direction, Finding, Findings, Site};
use crate::source::{FileId, SourceMap, Span};

/// The settings of a stage: what its file is called, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// `prod.toml`
    pub name: String,
    /// Its file.
    pub file: FileId,
}

/// Settings whose removal leaves data unprotected.
const PROTECTING: [&str; 2] = ["parameters.PointInTimeRecovery", "parameters.DeletionProtection"];

/// Compares the settings of all stages.
#[must_use]
pub fn compare_stages(
    old: (&SourceMap, &[Stage]),
    new: (&SourceMap, &[Stage]),
    today: Date,
) -> Vec<Finding> {
    let mut report = Findings::new(today);
    for was in old.1 {
        let site = |is: Option<&Stage>| site(Some(was), is);
        match new.1.iter().find(|is| is.name == was.name) {
            None => report.add("stage-removed", &site(None), "", ""),
            Some(is) => match (settings(old.0, was), settings(new.0, is)) {
                (Some(before), Some(after)) => {
                    compare(&mut report, &site(Some(is)), &before, &after);
                }
                _ if text(old.0, was) == text(new.0, is) => {}
                _ => report.add("stage-not-compared", &site(Some(is)), "", ""),
            },
        }
    }
    for is in new.1.iter().filter(|is| old.1.iter().all(|was| was.name != is.name)) {
        report.add("stage-added", &site(None, Some(is)), "", "");
    }
    report.findings
}

fn site(old: Option<&Stage>, new: Option<&Stage>) -> Site {
    let name = old.or(new).map_or("", |one| one.name.trim_end_matches(".toml"));
    let span = |stage: Option<&Stage>| stage.map(|one| Span { file: one.file, start: 0, end: 0 });
    Site::new(format!("stage {name}"), Direction::Wiring, span(old), span(new))
}

fn compare(report: &mut Findings, site: &Site, old: &Settings, new: &Settings) {
    for (key, was) in old {
        let is = new.get(key);
        let site = site.part(key, Direction::Wiring, Some(was.span), is.map(|is| is.span));
        match is {
            Some(is) if is.text == was.text => {}
            Some(is) if key == "stack" => {
                report.add("stage-stack-changed", &site, &was.text, &is.text);
            }
            _ if PROTECTING.contains(&key.as_str()) && was.text == "true" => {
                report.add("stage-protection-removed", &site, key, "");
            }
            Some(is) => report.add("stage-setting-changed", &site, &was.text, &is.text),
            None => report.add("stage-setting-removed", &site, &was.text, ""),
        }
    }
    for (key, is) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        let site = site.part(key, Direction::Wiring, None, Some(is.span));
        report.add("stage-setting-added", &site, "", &is.text);
    }
}

/// Settings by their keys: `parameters.LogLevel`.
type Settings = BTreeMap<String, Setting>;

struct Setting {
    text: String,
    span: Span,
}

fn text<'a>(sources: &'a SourceMap, stage: &Stage) -> &'a str {
    &sources.file(stage.file).text
}

/// The settings in a file; none where it is no TOML.
fn settings(sources: &SourceMap, stage: &Stage) -> Option<Settings> {
    let text = text(sources, stage);
    let table = DeTable::parse(text).ok()?;
    let mut found = Settings::new();
    for (key, value) in table.get_ref() {
        let key = key.get_ref().as_ref();
        match value.get_ref() {
            DeValue::Table(inner) => {
                for (below, value) in inner {
                    let key = format!("{key}.{}", below.get_ref());
                    found.insert(key, setting(text, stage.file, value.get_ref(), value.span()));
                }
            }
            other => {
                found.insert(key.to_owned(), setting(text, stage.file, other, value.span()));
            }
        }
    }
    Some(found)
}

fn setting(text: &str, file: FileId, value: &DeValue<'_>, place: Range<usize>) -> Setting {
    let byte = |at: usize| u32::try_from(at).unwrap_or(0);
    let span = Span { file, start: byte(place.start), end: byte(place.end) };
    let text = match value {
        DeValue::String(text) => text.to_string(),
        _ => text.get(place).unwrap_or_default().to_owned(),
    };
    Setting { text, span }
}
