//! Changes of contracts at random: what people, editors and merges do to files, and what nobody would.

/// Contracts, as path and text.
pub(crate) type Files = Vec<(String, String)>;

/// A source of numbers that a seed repeats (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    /// The numbers of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let n = u64::try_from(n.max(1)).unwrap_or(1);
        usize::try_from((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n).unwrap_or_default()
    }
}

/// What is put in the place of a value.
const PIECES: [&str; 44] = [
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "1e-999",
    "9999999999999999999999",
    "0x",
    ".inf",
    "[]",
    "{}",
    "''",
    "\"\\ud83d\"",
    "'\\u202e'",
    "&a [*a]",
    "*a",
    "!!str 5",
    "- -",
    "? x",
    "|",
    ">-",
    "@",
    "`",
    "é",
    "---",
    "[string, 'null']",
    "{$ref: '#'}",
    "{$ref: '#/components'}",
    "{$ref: ''}",
    "{$ref: '#/components/schemas/Product'}",
    "{$ref: '../basket/openapi.yaml'}",
    "{allOf: [{$ref: '#/components/schemas/Product'}]}",
    "{oneOf: []}",
    "{not: {}}",
    "{type: array, items: {$ref: '#/components/schemas/Product'}}",
    "{type: object, additionalProperties: false}",
    "{type: integer, minimum: 5, maximum: 4}",
    "{enum: []}",
    "{enum: [1, a, null]}",
    "(?<a>",
    "^[a-z]{1,99}$",
    "date-time",
    "object",
    "3.1.0",
];

/// Contracts with one to four changes.
pub(crate) fn mutated(files: &Files, dice: &mut Dice) -> Files {
    let mut files = files.clone();
    for _ in 0..=dice.below(4) {
        let at = dice.below(files.len());
        files[at].1 = changed(&files[at].1, dice);
    }
    files
}

fn changed(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return PIECES[dice.below(PIECES.len())].to_owned();
    }
    let (at, other) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(10) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(other, lines[at].clone()),
        2 => lines.swap(at, other),
        3 => {
            let indent = dice.below(12);
            lines[at] = format!("{}{}", " ".repeat(indent), lines[at].trim_start());
        }
        4 | 5 => {
            if let Some((key, _)) = lines[at].split_once(':') {
                lines[at] = format!("{key}: {}", PIECES[dice.below(PIECES.len())]);
            }
        }
        // The value of another line, which is mostly of another kind.
        6 => {
            let value = lines[other].split_once(':').map(|(_, value)| value.to_owned());
            if let (Some((key, _)), Some(value)) = (lines[at].split_once(':'), value) {
                lines[at] = format!("{key}:{value}");
            }
        }
        7 => {
            let key = lines[other].split_once(':').map(|(key, _)| key.trim().to_owned());
            if let (Some((_, value)), Some(key)) = (lines[at].split_once(':'), key) {
                let indent = lines[at].len() - lines[at].trim_start().len();
                lines[at] = format!("{}{key}:{value}", " ".repeat(indent));
            }
        }
        8 => {
            let end = (at + 1 + dice.below(12)).min(lines.len());
            lines.drain(at..end);
        }
        _ => return with_piece(text, dice),
    }
    lines.join("\n") + "\n"
}

/// The text with some characters replaced by a piece.
fn with_piece(text: &str, dice: &mut Dice) -> String {
    let chars: Vec<char> = text.chars().collect();
    let start = dice.below(chars.len());
    let end = (start + dice.below(20)).min(chars.len());
    let piece = PIECES[dice.below(PIECES.len())].chars();
    chars[..start].iter().copied().chain(piece).chain(chars[end..].iter().copied()).collect()
}
