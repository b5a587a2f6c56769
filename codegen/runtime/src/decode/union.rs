//! Reading unions: by the property that tells the alternatives apart, or by trying them.

use super::object::one_of;
use super::{At, Violations};

/// One alternative of a union: its name, and the function that reads it.
pub type Alternative<'a, T> = (&'a str, fn(&At<'_>, &mut Violations) -> Option<T>);

/// Reads the alternative that a property names (OpenAPI, Discriminator Object).
pub fn tagged<T>(
    at: &At<'_>,
    out: &mut Violations,
    tag: &str,
    alternatives: &[Alternative<'_, T>],
) -> Option<T> {
    let Some(node) = at.map(out)?.get(tag) else {
        out.missing(at.pointer_of(tag));
        return None;
    };
    let expected = || one_of(alternatives.iter().map(|(name, _)| name));
    let at_tag = at.member(tag, node);
    let name = at_tag.string("a string that names the variant", out)?;
    match alternatives.iter().find(|(known, _)| *known == name) {
        Some((_, read)) => read(at, out),
        None => {
            out.expected(&at_tag, expected());
            None
        }
    }
}

/// Reads the only alternative that fits (JSON Schema, `oneOf`).
pub fn exactly_one<T>(
    at: &At<'_>,
    out: &mut Violations,
    alternatives: &[Alternative<'_, T>],
) -> Option<T> {
    let mut fitting: Option<(&str, T)> = None;
    let mut reasons = Vec::new();
    for &(name, read) in alternatives {
        match (attempt(at, out, read)?, &fitting) {
            (Ok(_), Some((first, _))) => {
                out.expected(at, format_args!("what fits only one of `{first}` and `{name}`"));
                return None;
            }
            (Ok(value), None) => fitting = Some((name, value)),
            (Err(violations), _) => reasons.push((name, violations)),
        }
    }
    match fitting {
        Some((_, value)) => Some(value),
        None => none_fits(at, out, &reasons),
    }
}

/// Reads the first alternative that fits (JSON Schema, `anyOf`).
pub fn first<T>(
    at: &At<'_>,
    out: &mut Violations,
    alternatives: &[Alternative<'_, T>],
) -> Option<T> {
    let mut reasons = Vec::new();
    for &(name, read) in alternatives {
        match attempt(at, out, read)? {
            Ok(value) => return Some(value),
            Err(violations) => reasons.push((name, violations)),
        }
    }
    none_fits(at, out, &reasons)
}

/// Tries an alternative; `None` when the value has used its attempts up, which is reported.
fn attempt<T>(
    at: &At<'_>,
    out: &mut Violations,
    read: fn(&At<'_>, &mut Violations) -> Option<T>,
) -> Option<Result<T, Violations>> {
    let Some(mut scratch) = out.attempt() else {
        // One report is enough: every union above gives up for the same reason.
        if out.is_empty() {
            out.add(at.pointer(), "found alternatives within alternatives, too many to try");
        }
        return None;
    };
    let value = read(at, &mut scratch);
    out.count_attempts(&scratch);
    Some(scratch.or(value))
}

/// Reports why each alternative does not fit, the first reason of each.
fn none_fits<T>(at: &At<'_>, out: &mut Violations, reasons: &[(&str, Violations)]) -> Option<T> {
    let reason = |(name, violations): &(&str, Violations)| {
        let first = violations.iter().next();
        first.map(|first| format!("not `{name}`: {}: {}", first.pointer, first.detail))
    };
    let reasons: Vec<String> = reasons.iter().filter_map(reason).collect();
    out.expected(at, format_args!("what fits an alternative ({})", reasons.join("; ")));
    None
}
