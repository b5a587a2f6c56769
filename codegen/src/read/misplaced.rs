//! Contracts that stand where none is read: a document beside the services, under another name, or too deep.
//!
//! Owns the search for them and the advice. Whatever is no contract by its first key, or by its name, is left alone:
//! examples, data of tests and notes may stand anywhere.

use std::path::Path;

use super::{MAX_FILE_BYTES, entries_of};
use crate::diag::catalog::shape::nearest;
use crate::lower::{DEFAULTS_FILE, WORKFLOWS, beside, outline};
use crate::source::SourceMap;

/// How deep folders are searched.
const MAX_DEPTH: usize = 8;

/// Folders of other tools, which may be large.
const FOREIGN: [&str; 2] = ["node_modules", "target"];

/// The files at the root of the folder of contracts that have one name only.
const AT_ROOT: [&str; 2] = [DEFAULTS_FILE, "policy.yaml"];

/// The keys of these files.
const SETTINGS: [(&str, &[&str]); 2] = [
    (DEFAULTS_FILE, &["events", "layout", "alarms"]),
    ("policy.yaml", &["preset", "events", "sunsetNotice", "levels", "paths", "ignore"]),
];

/// The folder of what consumers use.
const CONSUMERS: &str = "consumers";

/// The folders of schemas that contracts share.
const SCHEMAS: &str = "schemas";

/// Adds the contracts that nothing reads, each with the way to have it read.
pub(super) fn add(sources: &mut SourceMap, root: &Path, name: &str) {
    search(sources, root, name, 0);
}

fn search(sources: &mut SourceMap, folder: &Path, path: &str, depth: usize) {
    for entry in entries_of(folder) {
        let Some(file) = entry.file_name().and_then(|name| name.to_str()) else { continue };
        let path = format!("{path}/{file}");
        if entry.is_symlink() || file.starts_with('.') || FOREIGN.contains(&file) {
            continue;
        }
        if entry.is_dir() && depth < MAX_DEPTH {
            search(sources, &entry, &path, depth + 1);
            continue;
        }
        let is_small = entry.metadata().is_ok_and(|of| of.is_file() && of.len() <= MAX_FILE_BYTES);
        if !is_small || !may_be_contract(file) || sources.find(&path).is_some() {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&entry) else { continue };
        if let Some(help) = advice(sources, &path, &text) {
            sources.add_misplaced(path, text, help);
        }
    }
}

/// Whether a file may be a contract by its name: YAML and JSON, and what has the name of a contract with another ending.
fn may_be_contract(file: &str) -> bool {
    let file = file.to_lowercase();
    let stem = file.split('.').next().unwrap_or_default();
    let is_called_so = ["openapi", "asyncapi", "policy", "defaults"].contains(&stem);
    is_called_so || file.contains("arazzo") || is_data(file.trim_end_matches(".txt"))
}

fn is_data(file: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|ending| file.ends_with(ending))
}

/// Which settings a file is meant as: by its name at the root of the folder, or by all of its keys there or in the folder of
/// a service.
fn settings(parts: &[&str], text: &str) -> Option<&'static str> {
    let (is_root, file) = match parts {
        [_, file] => (true, *file),
        [_, folder, file] if ![CONSUMERS, SCHEMAS, WORKFLOWS].contains(folder) => (false, *file),
        _ => return None,
    };
    let lower = file.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    let is_read = is_root && AT_ROOT.contains(&file);
    if is_read || !is_data(lower.trim_end_matches(".txt")) {
        return None;
    }
    // `policies.yaml` and `default.yaml` are meant so, too.
    let short = |name: &str| name.trim_end_matches(['s', 'y', 'e', 'i']).to_owned();
    let is_called = |wanted: &&str| {
        let known = wanted.split('.').next().unwrap_or_default();
        short(stem) == short(known) || nearest(stem, [known]).is_some()
    };
    let keys = outline(text);
    let has_only = |known: &[&str]| {
        !keys.is_empty() && keys.iter().all(|(key, _)| known.contains(&key.as_str()))
    };
    let by_keys = || SETTINGS.into_iter().find(|(_, known)| has_only(known));
    let by_name = AT_ROOT.into_iter().find(is_called).filter(|_| is_root);
    by_name.or_else(|| by_keys().map(|(wanted, _)| wanted))
}

/// What to do with a contract so that it is read; nothing for what is no contract, or is read by others.
fn advice(sources: &SourceMap, path: &str, text: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let file = *parts.last()?;
    if let Some(wanted) = settings(&parts, text) {
        return Some(format!("rename it to `{}/{wanted}`", parts[0]));
    }
    if let [folder, CONSUMERS, _, .., file] = parts[..] {
        let has = |wanted: &str| outline(text).iter().any(|(key, _)| key == wanted);
        let is_meant = ["operations", "events", "interactions", "messages"].into_iter().any(has);
        if is_meant && is_data(&file.to_lowercase()) {
            return Some(format!("move it to `{folder}/{CONSUMERS}/{file}`"));
        }
    }
    if let [folder, group, file] = parts[..] {
        let is_meant = group.to_lowercase().trim_end_matches('s') == "consumer";
        let has = |wanted: &str| outline(text).iter().any(|(key, _)| key == wanted);
        if is_meant && group != CONSUMERS && (has("operations") || has("events")) {
            return Some(format!("move it to `{folder}/{CONSUMERS}/{file}`"));
        }
    }
    let standards = ["openapi", "swagger", "asyncapi", "arazzo"];
    // Reading a large file takes longer than a look at its first lines.
    let keys = match standards.iter().any(|key| text.contains(key)) {
        true => outline(text),
        false => Vec::new(),
    };
    let standard = standards.into_iter().find(|key| keys.iter().any(|(name, _)| name == key));
    let Some(standard) = standard else {
        // Schemas may be there before the first service that shares them.
        let is_shared = !sources.is_empty() && parts[..parts.len() - 1].contains(&SCHEMAS);
        let help = "refer to its schemas with `$ref`, or remove the file";
        return (is_shared && is_data(&file.to_lowercase())).then(|| help.to_owned());
    };
    let folder = parts[0];
    if standard == "arazzo" {
        let stem = file.split('.').next().unwrap_or(file);
        return Some(format!("move it to `{folder}/{WORKFLOWS}/{stem}.arazzo.yaml`"));
    }
    let kind = if standard == "asyncapi" { standard } else { "openapi" };
    let ending = if file.to_lowercase().ends_with(".json") { "json" } else { "yaml" };
    let is_taken = sources.files().any(|(_, other)| {
        other.misplaced.is_none() && other.path.starts_with(&beside(path, &format!("{kind}.")))
    });
    Some(match parts[..] {
        [_, service, file] if service != WORKFLOWS && !is_taken => {
            let names = beside(path, "service.yaml");
            format!(
                "rename it to `{folder}/{service}/{kind}.{ending}`, or name it in `{names}`:\n{kind}: {file}"
            )
        }
        _ => format!(
            "a service is a folder of its own: move it to `{folder}/<service>/{kind}.{ending}`"
        ),
    })
}
