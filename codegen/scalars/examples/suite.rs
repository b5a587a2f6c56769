//! Judges the official JSON Schema test suite's groups about scalars, and prints what is judged wrongly, file by file.
//!
//! `cargo run -p scalars --example suite -- FOLDER`, where FOLDER is a draft of the suite: `tests/draft2020-12`.

#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::path::Path;

use scalars::format::{self, TextFormat};
use scalars::{Decimal, Pattern};
use serde_json::Value;

/// Files whose groups ask about one scalar keyword each.
const FILES: &[&str] = &[
    "pattern.json",
    "multipleOf.json",
    "minimum.json",
    "maximum.json",
    "exclusiveMinimum.json",
    "exclusiveMaximum.json",
    "optional/ecmascript-regex.json",
    "optional/non-bmp-regex.json",
    "optional/bignum.json",
    "optional/float-overflow.json",
];

/// Judged otherwise on purpose: the description of the test, and why.
const KNOWN: &[(&str, &str)] = &[
    (
        "a second fraction of fifteen nines is valid",
        "an instant is kept to the nanosecond; what is finer is refused rather than changed",
    ),
    (
        "hostname with consecutive hyphens (RFC1123)",
        "draft 4 alone: in later drafts such labels are reserved (RFC 5890, section 2.3.1)",
    ),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let folder = Path::new(&folder);
    let mut files: Vec<_> = FILES.iter().map(|file| folder.join(file)).collect();
    for entry in std::fs::read_dir(folder.join("optional/format"))? {
        files.push(entry?.path());
    }
    files.sort();
    let (mut n_judged, mut n_wrong, mut n_skipped) = (0, 0, 0);
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let groups: Value = serde_json::from_str(&text)?;
        for group in groups.as_array().into_iter().flatten() {
            for test in group["tests"].as_array().into_iter().flatten() {
                let Some(found) = judge(&group["schema"], &test["data"]) else {
                    n_skipped += 1;
                    continue;
                };
                n_judged += 1;
                let description = test["description"].as_str().unwrap_or_default();
                let known = KNOWN.iter().find(|(known, _)| *known == description);
                if Some(found) != test["valid"].as_bool() && known.is_none() {
                    n_wrong += 1;
                    let (name, data) = (file.strip_prefix(folder)?.display(), &test["data"]);
                    println!(
                        "{name}: {}: {description}: {data} is said to be {found}",
                        group["description"]
                    );
                }
            }
        }
    }
    println!("{n_judged} judged, {n_wrong} wrongly; {n_skipped} about more than a scalar");
    if n_wrong > 0 { Err("wrong".into()) } else { Ok(()) }
}

/// Whether a value is valid by the keywords that speak of its kind; none where others are in the schema.
fn judge(schema: &Value, data: &Value) -> Option<bool> {
    let mut valid = true;
    for (keyword, rule) in schema.as_object()? {
        valid &= match (keyword.as_str(), data) {
            ("$schema" | "$comment" | "description", _) => true,
            ("type", _) => is_type(rule.as_str()?, data)?,
            ("pattern", Value::String(text)) => {
                Pattern::new(rule.as_str()?).ok()?.is_match(text).ok()?
            }
            ("format", Value::String(text)) => is_format(rule.as_str()?, text),
            ("multipleOf", Value::Number(_)) => decimal(data)?.is_multiple_of(decimal(rule)?),
            ("minimum", Value::Number(_)) => decimal(data)? >= decimal(rule)?,
            ("maximum", Value::Number(_)) => decimal(data)? <= decimal(rule)?,
            ("exclusiveMinimum", Value::Number(_)) => decimal(data)? > decimal(rule)?,
            ("exclusiveMaximum", Value::Number(_)) => decimal(data)? < decimal(rule)?,
            ("pattern" | "format" | "multipleOf" | "minimum" | "maximum", _) => true,
            ("exclusiveMinimum" | "exclusiveMaximum", _) => true,
            _ => return None,
        };
    }
    Some(valid)
}

fn is_type(name: &str, data: &Value) -> Option<bool> {
    Some(match name {
        "integer" => data.is_number() && decimal(data)?.is_integer(),
        "number" => data.is_number(),
        "string" => data.is_string(),
        _ => return None,
    })
}

fn is_format(name: &str, text: &str) -> bool {
    match name {
        "uuid" => format::is_uuid(text),
        "date" => format::is_date(text),
        "date-time" => format::is_date_time(text),
        _ => TextFormat::named(name).is_none_or(|format| format.is_met_by(text)),
    }
}

fn decimal(number: &Value) -> Option<Decimal> {
    Decimal::parse(&number.to_string())
}
