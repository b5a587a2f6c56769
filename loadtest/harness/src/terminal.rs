//! Colours for a terminal, and none for anything else.

/// Paints text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Paints when `on`.
    #[must_use]
    pub fn new(on: bool) -> Self {
        Self { on }
    }

    /// What holds.
    #[must_use]
    pub fn good(self, text: &str) -> String {
        self.wrap("32", text)
    }

    /// What does not.
    #[must_use]
    pub fn bad(self, text: &str) -> String {
        self.wrap("31", text)
    }

    /// What makes one pause.
    #[must_use]
    pub fn doubtful(self, text: &str) -> String {
        self.wrap("33", text)
    }

    /// What stands out.
    #[must_use]
    pub fn strong(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// What stands back.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// A count with thin groups: `12 345`.
#[must_use]
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// A text of at most so many cells: a longer one loses its middle, for names differ at their ends.
#[must_use]
pub(crate) fn short(text: &str, width: usize) -> String {
    let n_chars = text.chars().count();
    if n_chars <= width {
        return text.to_owned();
    }
    let n_head = width.saturating_sub(1).div_ceil(2);
    let n_tail = width.saturating_sub(1) - n_head;
    let head: String = text.chars().take(n_head).collect();
    let tail: String = text.chars().skip(n_chars - n_tail).collect();
    format!("{head}…{tail}")
}

/// The same of several texts: those that would read alike lose what they begin with alike.
#[must_use]
pub(crate) fn short_apart(texts: &[String], width: usize) -> Vec<String> {
    /// The first characters say of what kind it is: `run: `.
    const HEAD: usize = 5;
    let all: Vec<String> = texts.iter().map(|text| short(text, width)).collect();
    let apart = |(text, own): (&String, &String)| {
        let others =
            texts.iter().zip(&all).filter(|(other, short)| *short == own && *other != text);
        let same =
            |other: &str| text.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        let Some(n_same) = others.map(|(other, _)| same(other)).max() else { return own.clone() };
        let head: String = text.chars().take(HEAD.min(n_same)).collect();
        let rest: String = text.chars().skip(n_same.max(HEAD)).collect();
        let room = width.saturating_sub(head.chars().count() + 1);
        match rest.chars().count() <= room {
            true => format!("{head}…{rest}"),
            false => {
                let rest: String = rest.chars().take(room.saturating_sub(1)).collect();
                format!("{head}…{rest}…")
            }
        }
    };
    texts.iter().zip(&all).map(apart).collect()
}

/// A time in the unit that reads best: `870 µs`, `4.2 ms`, `31 ms`, `1.52 s`.
#[must_use]
pub(crate) fn time_us(microseconds: u64) -> String {
    let us = microseconds as f64;
    match microseconds {
        0..1_000 => format!("{microseconds} µs"),
        1_000..9_950 => format!("{:.1} ms", us / 1e3),
        9_950..999_500 => format!("{:.0} ms", us / 1e3),
        _ => format!("{:.2} s", us / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        let times = [0, 870, 1_000, 4_249, 9_949, 31_400, 999_499, 1_520_000, 60_000_000];
        let texts = times.map(time_us);
        let expected = [
            "0 µs", "870 µs", "1.0 ms", "4.2 ms", "9.9 ms", "31 ms", "999 ms", "1.52 s", "60.00 s",
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(short("checkoutBasket", 14), "checkoutBasket");
        assert_eq!(short("checkoutBasket", 9), "chec…sket");
        assert_eq!(short("größerer Name", 6), "grö…me");
    }

    #[test]
    fn names_that_would_read_alike_lose_what_they_have_in_common() {
        let all =
            ["run: read-audit-events-by-page", "run: read-item-usages-by-page", "run: a", "run: a"];
        let all = all.map(str::to_owned);
        let short = short_apart(&all, 20);
        assert_eq!(short, ["run: …audit-events-…", "run: …item-usages-b…", "run: a", "run: a"]);
        let three = ["run: a-long-name-once", "run: a-long-name-here", "run: another-name-here"];
        let short = short_apart(&three.map(str::to_owned), 14);
        assert!(
            short.iter().all(|one| short.iter().filter(|other| *other == one).count() == 1),
            "{short:?}"
        );
        let twice = [all[0].clone(), all[0].clone()];
        assert_eq!(short_apart(&twice, 20), ["run: read-…s-by-page", "run: read-…s-by-page"]);
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(
            [0, 999, 1_000, 12_345, 1_234_567].map(count).join(" | "),
            "0 | 999 | 1 000 | 12 345 | 1 234 567"
        );
    }

    #[test]
    fn without_colours_nothing_is_added() {
        assert_eq!(Paint::new(false).bad("x"), "x");
        assert_eq!(Paint::new(true).bad("x"), "\x1b[31mx\x1b[0m");
    }
}
