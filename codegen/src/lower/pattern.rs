//! Patterns of contracts (ECMA-262) as the `regex` crate takes them.
//!
//! Owns the differences between the two: what `\d` and `\w` mean, escapes, and signs that mean something in one
//! of them only. Refuses what the crate cannot do in linear time (looking ahead, back references).

/// The pattern with the same meaning, or why there is none.
pub(crate) fn translated(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                let Some(escaped) = chars.next() else { return Err("it ends in `\\`".to_owned()) };
                push_escape(&mut out, escaped, in_class, &mut chars);
            }
            '[' if in_class => out.push_str("\\["),
            '[' => {
                in_class = true;
                out.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            // The crate has set operations where ECMA-262 has plain characters.
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(char);
            }
            _ => out.push(char),
        }
    }
    match regex::Regex::new(&out) {
        Ok(_) => Ok(out),
        Err(error) => Err(reason(&error)),
    }
}

fn push_escape(
    out: &mut String,
    escaped: char,
    in_class: bool,
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
) {
    let class =
        |inside: &str, outside: &str| if in_class { inside.to_owned() } else { outside.to_owned() };
    match escaped {
        'd' => out.push_str(&class("0-9", "[0-9]")),
        'D' => out.push_str("[^0-9]"),
        'w' => out.push_str(&class("A-Za-z0-9_", "[A-Za-z0-9_]")),
        'W' => out.push_str("[^A-Za-z0-9_]"),
        '/' | '<' | '>' | '"' | '\'' | '@' | ':' | ',' | ';' | '!' | '=' | '%' | '`' => {
            out.push(escaped)
        }
        'b' if in_class => out.push_str("\\x08"),
        '0' if chars.peek().is_none_or(|next| !next.is_ascii_digit()) => out.push_str("\\x00"),
        _ => {
            out.push('\\');
            out.push(escaped);
        }
    }
}

/// The crate's own words, without the drawing that comes before them.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().next_back().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
