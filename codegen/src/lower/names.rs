//! Names: one spelling of the contract, and every spelling that emission needs.
//!
//! Owns all case conversion, what becomes of letters that Rust and CloudFormation do not take, of words that
//! Rust reserves, and of names that would meet. Nothing else in the generator changes the case of anything.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Name;

/// Makes a name of what the contract writes.
pub(crate) fn name(wire: &str) -> Name {
    spelled(wire, &words(wire))
}

/// The words of several names as one name: `Product` and `imageFile` make `ProductImageFile`.
pub(crate) fn joined(parts: &[&str]) -> String {
    parts.iter().flat_map(|part| words(part)).map(|word| capitalised(&word)).collect()
}

/// A derived name of at most so many characters: what is longer ends in a mark of what was cut off, so that names that
/// begin alike stay apart.
pub(crate) fn bounded(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    // FNV-1a, 32 bits: the same on every machine and in every release.
    let hash = name
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let kept: String = name.chars().take(most.saturating_sub(8)).collect();
    format!("{}{hash:08x}", kept.trim_end_matches('-'))
}

/// The words of a type's name: one that Rust's prelude has already gets another word.
pub(crate) fn type_name(wire: &str) -> String {
    let pascal = joined(&[wire]);
    if PRELUDE.contains(&pascal.as_str()) { format!("{pascal}Value") } else { pascal }
}

/// The words of a name that others are made of, as `SelfInput`: one that would be `Self` gets another word.
pub(crate) fn stem(wire: &str, what: &str) -> String {
    if joined(&[wire]) == "Self" { format!("{wire} {what}") } else { wire.to_owned() }
}

/// What the prelude brings into every module and generated code uses by its short name.
const PRELUDE: &[&str] = &[
    "Box", "Clone", "Copy", "Default", "Drop", "Eq", "Err", "From", "Future", "Into", "Iterator",
    "None", "Ok", "Option", "Ord", "Result", "Self", "Send", "Sized", "Some", "String", "Sync",
    "ToString", "TryFrom", "TryInto", "Vec",
];

/// Gives out names that differ in every spelling: what is taken already gets a number.
#[derive(Debug, Default, Clone)]
pub(crate) struct Unique {
    taken: BTreeSet<String>,
    /// The number that a spelling got last.
    numbered: BTreeMap<String, usize>,
}

impl Unique {
    /// Keeps a name from being given out, in snake or in Pascal case.
    pub(crate) fn keep(&mut self, name: String) {
        self.taken.insert(name);
    }

    /// A name of what the contract writes, unlike all that were given out before.
    pub(crate) fn name(&mut self, wire: &str) -> Name {
        self.among(wire, wire)
    }

    /// The same, with the spellings made of other words than the contract's.
    pub(crate) fn among(&mut self, wire: &str, spelling: &str) -> Name {
        let words = words(spelling);
        let mut number = 1;
        if !self.numbered.is_empty() {
            number = self.numbered.get(&words.join("_")).copied().unwrap_or(1);
        }
        loop {
            let mut numbered = words.clone();
            if number > 1 {
                numbered.push(number.to_string());
            }
            let name = spelled(wire, &numbered);
            // `userName` and `username` differ in Pascal case and meet in none; `a_b` and `aB` meet in all.
            let meets = self.taken.contains(&name.snake) || self.taken.contains(&name.pascal);
            if !meets {
                self.taken.insert(name.snake.clone());
                self.taken.insert(name.pascal.clone());
                if number > 1 {
                    self.numbered.insert(words.join("_"), number);
                }
                return name;
            }
            number += 1;
        }
    }
}

fn spelled(wire: &str, words: &[String]) -> Name {
    let pascal: String = words.iter().map(|word| capitalised(word)).collect();
    let pascal = if pascal == "Self" { "Self_".to_owned() } else { pascal };
    Name {
        wire: wire.to_owned(),
        snake: identifier(words.join("_")),
        pascal,
        kebab: words.join("-"),
        screaming: words.join("_").to_uppercase(),
    }
}

/// How long the words of a name are at most, in bytes: they become file names with an ending, and names of several
/// parts in Rust and CloudFormation.
const MAX_NAME: usize = 80;

/// The words of a name in small letters, at least one, the first not beginning with a digit. Those of a long name are
/// cut, and a hash of all of it tells it from others.
fn words(text: &str) -> Vec<String> {
    let mut words = all_words(text);
    if words.iter().map(|word| word.len() + 1).sum::<usize>() <= MAX_NAME {
        return words;
    }
    let hash = text
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let mut left = MAX_NAME - 10;
    for word in &mut words {
        // Words are of ASCII letters and digits.
        word.truncate(left.saturating_sub(1));
        left -= left.min(word.len() + 1);
    }
    words.retain(|word| !word.is_empty());
    words.push(format!("h{hash:08x}"));
    words
}

fn all_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![];
    let mut word = String::new();
    let chars: Vec<char> = text.chars().collect();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            words.push(std::mem::take(word));
        }
    };
    for (at, char) in chars.iter().enumerate() {
        if !char.is_alphanumeric() {
            end(&mut word);
            if let Some(spoken) = symbol(*char, &chars) {
                word.push_str(spoken);
                end(&mut word);
            }
            continue;
        }
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + 1);
        // `userName` and `HTTPServer` part before the `N` and the `S`; a trailing plural `IDs` stays whole.
        let rises =
            char.is_uppercase() && before.is_some_and(|b| b.is_lowercase() || b.is_numeric());
        let parts = char.is_uppercase()
            && before.is_some_and(char_is_upper)
            && after.is_some_and(|after| after.is_lowercase())
            && !(after == Some(&'s') && chars.get(at + 2).is_none_or(|next| !next.is_lowercase()));
        if rises || parts {
            end(&mut word);
        }
        push_plain(&mut word, *char);
    }
    end(&mut word);
    match words.first() {
        None => vec![if text.is_empty() { "empty" } else { "unnamed" }.to_owned()],
        Some(first) if first.starts_with(|char: char| char.is_ascii_digit()) => {
            words[0] = format!("n{first}");
            words
        }
        Some(_) => words,
    }
}

fn char_is_upper(char: char) -> bool {
    char.is_uppercase()
}

/// The word for a sign that alone tells two values apart, as in `+1` and `-1`, or `<` and `>=`.
fn symbol(char: char, all: &[char]) -> Option<&'static str> {
    let wordless = !all.iter().any(|char| char.is_alphabetic());
    Some(match char {
        '+' => "plus",
        '-' if wordless && all.first() == Some(&'-') => "minus",
        '<' if wordless => "less",
        '>' if wordless => "greater",
        '=' if wordless => "equal",
        '!' if wordless => "not",
        '*' if wordless => "all",
        '%' => "percent",
        _ => return None,
    })
}

/// Adds a letter or digit in small ASCII letters.
fn push_plain(word: &mut String, char: char) {
    if char.is_ascii() {
        return word.push(char.to_ascii_lowercase());
    }
    for char in char.to_lowercase() {
        match char {
            'a'..='z' | '0'..='9' => word.push(char),
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' => word.push('a'),
            'ä' | 'æ' => word.push_str("ae"),
            'ç' | 'ć' | 'č' => word.push('c'),
            'ď' | 'đ' | 'ð' => word.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => word.push('e'),
            'ğ' => word.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => word.push('i'),
            'ł' => word.push('l'),
            'ñ' | 'ń' | 'ň' => word.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => word.push('o'),
            'ö' | 'ø' | 'œ' => word.push_str("oe"),
            'ř' => word.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => word.push('s'),
            'ß' => word.push_str("ss"),
            'ť' | 'ț' => word.push('t'),
            'þ' => word.push_str("th"),
            'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' => word.push('u'),
            'ü' => word.push_str("ue"),
            'ý' | 'ÿ' => word.push('y'),
            'ź' | 'ż' | 'ž' => word.push('z'),
            // What is left of a letter that small letters take apart, like the dot of `İ`.
            '\u{300}'..='\u{36f}' => {}
            other => word.push_str(&format!("u{:x}", u32::from(other))),
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// A word that may stand as an identifier.
fn identifier(word: String) -> String {
    if ["self", "super", "crate"].contains(&word.as_str()) {
        return format!("{word}_");
    }
    if KEYWORDS.contains(&word.as_str()) { format!("r#{word}") } else { word }
}

/// The keywords of edition 2024, strict and reserved.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];
