//! The rules of other tools, each beside ours or with the reason why there is none. What the tables name must exist, and
//! `expected.md` counts how much is covered.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use codegen::{compat, diag, lint};

/// A line of a table: whose rule, its id, and ours or the reason.
struct Row {
    group: String,
    id: String,
    ours: Result<String, String>,
}

fn table(file: &str) -> Vec<Row> {
    let path = folder().join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| row(line).unwrap_or_else(|| panic!("{file}: {line}"))).collect()
}

fn row(line: &str) -> Option<Row> {
    let (group, rest) = line.split_once(' ')?;
    let (id, ours) = match rest.split_once(" = ") {
        Some((id, ours)) => (id, Ok(ours.to_owned())),
        None => {
            let (id, reason) = rest.split_once(": ")?;
            (id, Err(reason.to_owned()))
        }
    };
    Some(Row { group: group.to_owned(), id: id.to_owned(), ours })
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/parity")
}

fn exists(code: &str) -> bool {
    lint::rule(code).is_some()
        || diag::catalog::index::find(code).is_some()
        || compat::catalog::all().iter().any(|rule| rule.id == code)
}

#[test]
fn every_rule_of_theirs_is_ours_or_has_a_reason() {
    let mut summary = String::from(
        "| rules | all | by the same id | by another | with a reason |\n| --- | --- | --- | --- | --- |\n",
    );
    for (file, about) in [
        ("oasdiff.txt", "changes: oasdiff, "),
        ("oasdiff-pairs.txt", "pairs of documents: oasdiff, "),
        ("lint.txt", "contracts: "),
    ] {
        let rows = table(file);
        let mut seen = BTreeMap::new();
        let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
        for row in &rows {
            let twice = seen.insert((&row.group, &row.id), ());
            assert!(twice.is_none(), "{} stands twice in {file}", row.id);
            let [all, same, other, reason] = counts.entry(&row.group).or_default();
            *all += 1;
            match &row.ours {
                Ok(ours) => {
                    assert!(exists(ours), "{file}: {} has no `{ours}` here", row.id);
                    *(if *ours == row.id { same } else { other }) += 1;
                }
                Err(why) => {
                    assert!(why.len() > 20, "{file}: {} needs a reason", row.id);
                    *reason += 1;
                }
            }
        }
        for (group, [all, same, other, reason]) in counts {
            writeln!(summary, "| {about}{group} | {all} | {same} | {other} | {reason} |").unwrap();
        }
    }
    let path = folder().join("expected.md");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &summary).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), summary);
}

/// What oasdiff calls an error and we do not, with the reason.
const HARMLESS: [(&str, &str); 2] = [
    (
        "request-body-wrapped-in-one-of",
        "every value of the schema is one of the alternatives still",
    ),
    (
        "request-parameter-default-value-added",
        "what the service does without the parameter was its own affair before",
    ),
];

/// Whatever oasdiff calls an error, we call at least a warning.
#[test]
fn what_breaks_there_breaks_here() {
    let rules = compat::catalog::all();
    let level = |ours: &str| rules.iter().find(|rule| rule.id == ours).map(|rule| rule.level);
    let errors: Vec<Row> =
        table("oasdiff.txt").into_iter().filter(|row| row.group == "error").collect();
    let ours = errors.iter().filter_map(|row| row.ours.as_deref().ok());
    let harmless: Vec<&str> =
        ours.filter(|ours| level(ours) == Some(compat::Level::Info)).collect();
    assert_eq!(harmless, HARMLESS.map(|(id, _)| id));
}
