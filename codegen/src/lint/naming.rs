//! How names are spelled.

use std::fmt;

/// A way to spell a name of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Casing {
    /// `userName`
    Camel,
    /// `UserName`
    Pascal,
    /// `user_name`
    Snake,
    /// `user-name`
    Kebab,
    /// `USER_NAME`
    Screaming,
    /// `User-Name`
    Train,
}

impl fmt::Display for Casing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Camel => "camelCase",
            Self::Pascal => "PascalCase",
            Self::Snake => "snake_case",
            Self::Kebab => "kebab-case",
            Self::Screaming => "SCREAMING_CASE",
            Self::Train => "Train-Case",
        })
    }
}

/// What to write instead of a name, unless that is the name of something else.
pub(super) fn respelled(spelled: &str, is_taken: bool) -> String {
    match is_taken {
        true => format!("`{spelled}` exists: give one of them another name"),
        false => format!("write `{spelled}`"),
    }
}

impl Casing {
    /// Whether a name is spelled this way.
    pub(super) fn fits(self, name: &str) -> bool {
        let first = name.chars().next();
        let plain = name.chars().all(char::is_alphanumeric);
        let parts = |mark: char| name.split(mark).all(|part| !part.is_empty());
        let only = |mark: char, fits: fn(char) -> bool| {
            name.chars().all(|char| char == mark || fits(char) || char.is_numeric()) && parts(mark)
        };
        match self {
            Self::Camel => plain && first.is_some_and(char::is_lowercase),
            Self::Pascal => plain && first.is_some_and(char::is_uppercase),
            Self::Snake => only('_', char::is_lowercase) && first.is_some_and(char::is_lowercase),
            Self::Kebab => only('-', char::is_lowercase) && !name.is_empty(),
            Self::Screaming => only('_', char::is_uppercase) && !name.is_empty(),
            Self::Train => {
                let capital =
                    |part: &str| part.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
                name.split('-').all(|part| capital(part) && part.chars().all(char::is_alphanumeric))
            }
        }
    }

    /// A name in this spelling.
    pub(super) fn spell(self, name: &str) -> String {
        let words = words(name);
        let capital = |word: &String| {
            let mut chars = word.chars();
            chars
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        };
        match self {
            Self::Camel => {
                let first = words.first().cloned().unwrap_or_default();
                first + &words.iter().skip(1).map(capital).collect::<String>()
            }
            Self::Pascal => words.iter().map(capital).collect(),
            Self::Snake => words.join("_"),
            Self::Kebab => words.join("-"),
            Self::Screaming => words.join("_").to_uppercase(),
            Self::Train => words.iter().map(capital).collect::<Vec<_>>().join("-"),
        }
    }

    /// The spelling that most of several names have, when they have several words or they tell in any other way;
    /// none when no name tells. The first of `among` wins a draw.
    pub(super) fn most_of<'a>(
        names: impl Iterator<Item = &'a str>,
        among: &[Self],
    ) -> Option<Self> {
        let names: Vec<&str> = names.collect();
        let count =
            |casing: &Self| names.iter().filter(|name| tells(name) && casing.fits(name)).count();
        let counted = among.iter().map(|casing| (count(casing), *casing));
        counted
            .rev()
            .max_by_key(|(count, _)| *count)
            .filter(|(count, _)| *count > 0)
            .map(|(_, casing)| casing)
    }
}

/// Whether a name of one small word says nothing of how longer ones are spelled.
pub(super) fn tells(name: &str) -> bool {
    name.chars().any(|char| char.is_uppercase() || matches!(char, '_' | '-'))
}

/// The words of a name, in small letters: `userName`, `user_name` and `UserName` are `user` and `name`.
pub(super) fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = vec![];
    let mut word = String::new();
    for (at, char) in chars.iter().enumerate() {
        if !char.is_alphanumeric() {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            continue;
        }
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + 1);
        let rises = before.is_some_and(|before| before.is_lowercase() || before.is_numeric());
        let ends_capitals =
            before.is_some_and(char::is_uppercase) && after.is_some_and(|next| next.is_lowercase());
        if char.is_uppercase() && (rises || ends_capitals) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.extend(char.to_lowercase());
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        for (name, expected) in [
            ("userName", "user name"),
            ("user_name", "user name"),
            ("User-Name", "user name"),
            ("HTTPServer2", "http server2"),
            ("x", "x"),
            ("", ""),
            ("__", ""),
            ("ÄpfelUndBirnen", "äpfel und birnen"),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn a_spelling_fits_what_it_spells() {
        use Casing::{Camel, Kebab, Pascal, Screaming, Snake, Train};
        for casing in [Camel, Pascal, Snake, Kebab, Screaming, Train] {
            for name in ["userName", "order-line-2", "HTTP_STATUS", "a", "TimeToLive"] {
                let spelled = casing.spell(name);
                assert!(casing.fits(&spelled), "{casing}: {spelled}");
            }
            assert!(!casing.fits("user name") && !casing.fits(""), "{casing}");
        }
        assert!(!Camel.fits("user_name") && !Snake.fits("userName") && !Kebab.fits("-a"));
    }

    #[test]
    fn the_usual_spelling_wins() {
        let usual = |names: &[&str]| {
            Casing::most_of(names.iter().copied(), &[Casing::Camel, Casing::Snake])
        };
        assert_eq!(usual(&["userName", "id", "user_id", "itemCount"]), Some(Casing::Camel));
        assert_eq!(usual(&["user_name", "id"]), Some(Casing::Snake));
        assert_eq!(usual(&["a_b", "aB"]), Some(Casing::Camel), "the first of them, in a draw");
        assert_eq!(usual(&["id", "name"]), None);
    }
}
