//! Code blocks of a contract's Markdown, as rustdoc takes them without compiling them.
//!
//! Owns where a fenced block begins and ends, and which language it is said to have. rustdoc compiles a block without a
//! language, and one of Rust, as a test; the code of a contract is neither complete nor meant for it.

/// Words after a fence by which rustdoc takes a block for Rust.
const RUST: [&str; 8] = [
    "rust",
    "should_panic",
    "no_run",
    "compile_fail",
    "allow_fail",
    "test_harness",
    "standalone",
    "standalone_crate",
];

/// A fence that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    mark: char,
    width: usize,
    /// How far it is indented in the contract.
    from: usize,
    /// How far it is indented here.
    to: usize,
}

impl Fence {
    /// The fence that a line opens, which is indented by `to` here, and the line that says so.
    pub(super) fn open(line: &str, to: usize) -> Option<(Self, String)> {
        let text = line.trim_start();
        let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = text.trim_start_matches(mark);
        let width = text.len() - info.len();
        if width < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        let fence = Self { mark, width, from: line.len() - text.len(), to };
        Some((fence, format!("{:to$}{}{}", "", &text[..width], language(info))))
    }

    /// The same fence, whose lines are indented by `from` in the contract.
    pub(super) const fn below(self, from: usize) -> Self {
        Self { from, ..self }
    }

    /// Whether a line closes it.
    pub(super) fn is_closed_by(self, line: &str) -> bool {
        let text = line.trim();
        text.len() >= self.width && text.chars().all(|char| char == self.mark)
    }

    /// A line of the block, its fences included, indented as the block is here.
    pub(super) fn line(self, line: &str) -> String {
        let n_blanks = line.len() - line.trim_start_matches(' ').len();
        let line = line[n_blanks.min(self.from)..].trim_end();
        if line.is_empty() { String::new() } else { format!("{:to$}{line}", "", to = self.to) }
    }

    /// The line that closes it.
    pub(super) fn close(self) -> String {
        let mark = self.mark.to_string().repeat(self.width);
        format!("{:to$}{mark}", "", to = self.to)
    }
}

/// The language of a block: the contract's, or `text` where it names none and where rustdoc would compile the block.
fn language(info: &str) -> &str {
    let word = info.trim().split([' ', '\t', ',']).next().unwrap_or_default();
    let is_name = word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.chars().all(|char| char.is_ascii_alphanumeric() || "+#-_.".contains(char));
    let small = word.to_ascii_lowercase();
    let is_error = small
        .strip_prefix('e')
        .is_some_and(|code| code.len() == 4 && code.bytes().all(|digit| digit.is_ascii_digit()));
    let is_rust = RUST.contains(&small.as_str())
        || is_error
        || ["ignore", "edition"].iter().any(|start| small.starts_with(start));
    if is_name && !is_rust { word } else { "text" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_a_language_that_rustdoc_does_not_compile() {
        for (info, expected) in [
            ("", "text"),
            ("rust", "text"),
            ("Rust,ignore", "text"),
            ("ignore-x86_64", "text"),
            ("edition2021", "text"),
            ("E0001", "text"),
            ("no_run", "text"),
            ("{.python}", "text"),
            (" json title=a", "json"),
            ("c++", "c++"),
            ("sh,rust", "sh"),
        ] {
            assert_eq!(language(info), expected, "{info}");
        }
    }

    #[test]
    fn a_fence_ends_with_one_of_its_kind() {
        let closes = |open: &str, line: &str| {
            Fence::open(open, 0).is_some_and(|(fence, _)| fence.is_closed_by(line))
        };
        assert!(closes("```", "   ````  ") && closes("~~~", "~~~") && closes("````a", "````"));
        assert!(!closes("````", "```") && !closes("```", "~~~") && !closes("```", "```a"));
        assert_eq!(Fence::open("``` a`b", 0), None);
        assert_eq!(Fence::open("``", 0), None);
    }
}
