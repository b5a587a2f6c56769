//! JSON pointers (RFC 6901), relative ones, and URI templates (RFC 6570).

/// Whether a text is a JSON pointer (RFC 6901, section 3): `/a~1b/0`.
#[must_use]
pub fn is_json_pointer(text: &str) -> bool {
    let is_escaped = |rest: &str| rest.starts_with(['0', '1']);
    (text.is_empty() || text.starts_with('/')) && text.split('~').skip(1).all(is_escaped)
}

/// Whether a text is a relative JSON pointer: `1/a`, `0#`.
#[must_use]
pub fn is_relative_json_pointer(text: &str) -> bool {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let up = &text[..text.len() - rest.len()];
    !up.is_empty() && (up == "0" || !up.starts_with('0')) && (rest == "#" || is_json_pointer(rest))
}

/// Whether a text is a URI template (RFC 6570, section 2): `/users/{id}{?page,size*}`.
#[must_use]
pub fn is_uri_template(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (literal, expression) = rest.split_at(at);
        let Some(inner) = expression.strip_prefix('{') else { return false };
        let Some((inner, after)) = inner.split_once('}') else { return false };
        if !is_literal(literal) || !is_expression(inner) {
            return false;
        }
        rest = after;
    }
    is_literal(rest)
}

fn is_literal(text: &str) -> bool {
    let is_bad =
        |c: char| matches!(c, '\0'..=' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '|' | '\u{7f}');
    !text.chars().any(is_bad) && is_encoded(text)
}

/// Whether two hexadecimal digits follow each `%`.
fn is_encoded(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

fn is_expression(text: &str) -> bool {
    // The operators that are reserved for later are no template that anything expands.
    let variables = text.strip_prefix(['+', '#', '.', '/', ';', '?', '&']).unwrap_or(text);
    variables.split(',').all(is_variable)
}

/// `size`, `size*`, `size:3`
fn is_variable(text: &str) -> bool {
    let name = match text.split_once(':') {
        Some((name, length)) => {
            let is_good = !length.is_empty()
                && length.len() <= 4
                && !length.starts_with('0')
                && length.bytes().all(|byte| byte.is_ascii_digit());
            if !is_good {
                return false;
            }
            name
        }
        None => text.strip_suffix('*').unwrap_or(text),
    };
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'%';
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(inner);
    is_encoded(name) && name.split('.').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(is_met: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(is_met(text), "{text:?} is refused");
        }
        for text in bad {
            assert!(!is_met(text), "{text:?} is taken");
        }
    }

    #[test]
    fn pointers() {
        check(is_json_pointer, &["", "/", "/a/0", "/a~1b~0", "//"], &["a", "/~", "/~2", "#/a"]);
        check(
            is_relative_json_pointer,
            &["0", "1/a", "0#", "120/a~0b"],
            &["", "/a", "01", "-1", "1a", "0##", "+1"],
        );
    }

    /// Among them examples of RFC 6570, section 1.2.
    #[test]
    fn templates() {
        let good = [
            "",
            "/a",
            "{var}",
            "{+path}/here",
            "{#x,hello}",
            "X{.x,y}",
            "{/list*}",
            "{?x,y,empty}",
            "{var:30}",
            "{a.b}",
            "{%41}",
            "é%20",
        ];
        let bad = [
            "{",
            "}",
            "{}",
            "{a",
            "{{a}}",
            "{a,}",
            "{a:0}",
            "{a:12345}",
            "{a b}",
            "{=a}",
            "a b",
            "%2",
            "{.}",
            "\"",
            "{a*:3}",
        ];
        check(is_uri_template, &good, &bad);
    }
}
