//! The way below a value: a JSON pointer, or properties and indexes.

use super::{SyntaxError, is_identifier};

/// The way below a value: `#/a/0`, `.a[0]`, or nothing.
pub(in crate::lower::workflows) fn way(text: &str) -> Result<Vec<String>, SyntaxError> {
    match text.strip_prefix('#') {
        Some(pointer) => steps(pointer).map_err(|fault| fault.shifted(1)),
        None => accessors(text),
    }
}

/// The steps of a JSON pointer (RFC 6901).
pub(in crate::lower::workflows) fn steps(pointer: &str) -> Result<Vec<String>, SyntaxError> {
    if pointer.is_empty() {
        return Ok(vec![]);
    }
    let Some(steps) = pointer.strip_prefix('/') else {
        return Err(SyntaxError::new(0, pointer.len(), "a JSON pointer must start with `/`")
            .help(format!("write `#/{pointer}`")));
    };
    let mut at = 1;
    let mut found = vec![];
    for step in steps.split('/') {
        let mut rest = step.char_indices();
        while let Some((offset, char)) = rest.next() {
            if char == '~' && !matches!(rest.next(), Some((_, '0' | '1'))) {
                return Err(SyntaxError::new(
                    at + offset,
                    1,
                    "write `~` in a JSON pointer as `~0`",
                ));
            }
            if matches!(char, '{' | '}') {
                return Err(SyntaxError::new(
                    at + offset,
                    1,
                    "braces are not allowed in a JSON pointer of a runtime expression",
                ));
            }
        }
        found.push(scalars::pointer::unescape(step));
        at += step.len() + 1;
    }
    Ok(found)
}

/// Properties after dots and indexes in brackets.
pub(super) fn accessors(text: &str) -> Result<Vec<String>, SyntaxError> {
    let mut found = vec![];
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        if let Some(after) = rest.strip_prefix('.') {
            let length = after.find(['.', '[', '#']).unwrap_or(after.len());
            let name = &after[..length];
            if name.is_empty() || !name.chars().all(is_identifier) {
                return Err(SyntaxError::new(
                    at,
                    length + 1,
                    "a dot must be followed by a property name",
                ));
            }
            found.push(name.to_owned());
            rest = &after[length..];
        } else if let Some((index, after)) =
            rest.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        {
            if index.is_empty() || !index.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(SyntaxError::new(
                    at,
                    index.len() + 2,
                    "brackets must contain an index of 0 or more",
                ));
            }
            found.push(index.to_owned());
            rest = after;
        } else {
            return Err(SyntaxError::new(at, rest.len(), "`#` must be followed by a JSON pointer")
                .help("write `#/name/of/the/property`"));
        }
    }
    Ok(found)
}
