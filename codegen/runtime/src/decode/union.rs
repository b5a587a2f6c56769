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

/// The same where objects that name no alternative are one of them, given by its place (`defaultMapping`).
pub fn tagged_or<T>(
    at: &At<'_>,
    out: &mut Violations,
    tag: &str,
    alternatives: &[Alternative<'_, T>],
    default: usize,
) -> Option<T> {
    let named = at.map(out)?.get(tag).and_then(|node| {
        let name = at.member(tag, node).string("", &mut Violations::default())?;
        alternatives.iter().find(|(known, _)| *known == name)
    });
    let (_, read) = named.or_else(|| alternatives.get(default))?;
    read(at, out)
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
        let tried = tried(at, read);
        match (tried.and_then(|tried| out.verdict(tried)), &fitting) {
            (Some(false), _) => continue,
            (Some(true), Some((first, _))) => return ambiguous(at, out, first, name),
            _ => {}
        }
        match (out.attempt(tried, |out| read(at, out)), &fitting) {
            (Ok(_), Some((first, _))) => return ambiguous(at, out, first, name),
            // What is stored was checked before, and normalised since: the first alternative holds it as well.
            (Ok(value), None) if at.is_stored() => return Some(value),
            (Ok(value), None) => fitting = Some((name, value)),
            (Err(violations), _) => reasons.push((name, violations)),
        }
    }
    match fitting {
        Some((_, value)) => Some(value),
        None => stored(at, out, alternatives).or_else(|| none_fits(at, out, &reasons)),
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
        let tried = tried(at, read);
        if tried.and_then(|tried| out.verdict(tried)) == Some(false) {
            continue;
        }
        match out.attempt(tried, |out| read(at, out)) {
            Ok(value) => return Some(value),
            Err(violations) => reasons.push((name, violations)),
        }
    }
    stored(at, out, alternatives).or_else(|| none_fits(at, out, &reasons))
}

/// What an attempt is remembered by; nothing of scalars, which are quick to read again.
fn tried<T>(
    at: &At<'_>,
    read: fn(&At<'_>, &mut Violations) -> Option<T>,
) -> Option<(usize, usize)> {
    Some(((read as *const ()).addr(), at.address()?))
}

/// A stored value that fits no alternative to the letter any more, since it was normalised: the first that holds it.
/// Where the union is an alternative itself, another one may fit.
fn stored<T>(at: &At<'_>, out: &Violations, alternatives: &[Alternative<'_, T>]) -> Option<T> {
    let is_lenient = at.is_stored() && !out.is_attempt();
    let mut readers = alternatives.iter().filter(|_| is_lenient).map(|(_, read)| read);
    readers.find_map(|read| {
        let mut out = Violations::default();
        let value = read(at, &mut out);
        out.or(value).ok()
    })
}

fn ambiguous<T>(at: &At<'_>, out: &mut Violations, first: &str, second: &str) -> Option<T> {
    out.expected(at, format_args!("what fits only one of `{first}` and `{second}`"));
    None
}

/// Reports why each alternative does not fit, the first reason of each.
fn none_fits<T>(at: &At<'_>, out: &mut Violations, reasons: &[(&str, Violations)]) -> Option<T> {
    let reason = |(name, violations): &(&str, Violations)| {
        let first = violations.iter().next();
        first.map(|first| format!("not `{name}`: {}: {}", first.pointer, first.detail))
    };
    let reasons: Vec<String> = reasons.iter().filter_map(reason).collect();
    match reasons.is_empty() {
        true => out.expected(at, "what fits an alternative"),
        false => {
            out.expected(at, format_args!("what fits an alternative ({})", reasons.join("; ")));
        }
    }
    None
}
