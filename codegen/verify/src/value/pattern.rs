//! Texts that match a pattern.
//!
//! Owns the walk over the pattern's syntax. What it makes is the shortest text that the syntax suggests, or one that
//! is lengthened where the pattern repeats something; look-around and the like are left to a check afterwards.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The shortest text that matches, as far as the syntax tells.
pub(super) fn shortest(pattern: &str) -> Option<String> {
    made(pattern, 0)
}

/// A text of so many characters that matches.
pub(super) fn of_length(pattern: &str, length: usize) -> Option<String> {
    let base = shortest(pattern)?;
    let missing = length.checked_sub(base.chars().count())?;
    let text = made(pattern, missing).filter(|text| text.chars().count() == length);
    // A pattern without an end takes anything behind what it asks for.
    let padded = || {
        let padding = base.chars().last().unwrap_or('a');
        let text: String = base.chars().chain(std::iter::repeat_n(padding, missing)).collect();
        matches(pattern, &text)?.then_some(text)
    };
    text.or_else(padded)
}

fn made(pattern: &str, extra: usize) -> Option<String> {
    let hir = scalars::pattern::regular_part(pattern).ok()?;
    let mut writer = Writer { out: String::new(), extra };
    writer.write(&hir)?;
    matches(pattern, &writer.out)?.then_some(writer.out)
}

fn matches(pattern: &str, text: &str) -> Option<bool> {
    scalars::Pattern::new(pattern).ok()?.is_match(text).ok()
}

struct Writer {
    out: String,
    /// How many characters more than the fewest are wanted.
    extra: usize,
}

impl Writer {
    fn write(&mut self, hir: &Hir) -> Option<()> {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.out.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(class) => self.out.push(member(class)?),
            HirKind::Capture(capture) => self.write(&capture.sub)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part))?,
            HirKind::Alternation(choices) => self.write(choices.first()?)?,
            HirKind::Repetition(repetition) => {
                for _ in 0..repetition.min {
                    self.write(&repetition.sub)?;
                }
                let mut n = repetition.min;
                while self.extra > 0 && repetition.max.is_none_or(|max| n < max) {
                    let before = self.out.len();
                    let rest = std::mem::take(&mut self.extra);
                    self.write(&repetition.sub)?;
                    let written = self.out[before..].chars().count();
                    self.extra = rest;
                    if written == 0 || written > rest {
                        // It adds nothing, or more than is wanted.
                        self.out.truncate(before);
                        break;
                    }
                    self.extra -= written;
                    n += 1;
                }
            }
        }
        Some(())
    }
}

/// A character of a class that reads well, if it has one.
fn member(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let holds = |c: char| class.ranges().iter().any(|range| range.start() <= c && c <= range.end());
    let nice = ['a', 'A', '1', '-', '_', ' '].into_iter().find(|c| holds(*c));
    let printable = || (' '..='~').find(|c| holds(*c));
    nice.or_else(printable).or_else(|| class.ranges().first().map(|range| range.start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, short: Option<&str>, length: usize, long: Option<&str>) {
        assert_eq!(shortest(pattern).as_deref(), short);
        assert_eq!(of_length(pattern, length).as_deref(), long);
    }

    #[test]
    fn patterns_are_met() {
        check("^[A-Za-z0-9][A-Za-z0-9._@-]*$", Some("a"), 4, Some("aaaa"));
        check("^[a-z]{2}-[0-9]{3}$", Some("aa-111"), 7, None);
        check("^(red|green)$", Some("red"), 3, Some("red"));
        check("[0-9]+", Some("1"), 5, Some("11111"));
        check("^x", Some("x"), 3, Some("xxx"));
        check("^([a-c]{2})+$", Some("aa"), 6, Some("aaaaaa"));
        check("^([a-c]{2})+$", Some("aa"), 5, None);
        check("", Some(""), 2, Some("aa"));
        check(r"^\bx\B$", None, 1, None);
    }

    #[test]
    fn long_texts_are_quick() {
        assert_eq!(of_length("^[a-z]*$", 2000).map(|text| text.len()), Some(2000));
    }
}
