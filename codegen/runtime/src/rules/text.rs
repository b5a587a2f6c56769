//! Rules for texts (JSON Schema validation, section 6.3) and the formats that are checked.

use super::{Pattern, Rules};
use crate::value::DecimalString;
use crate::{At, Bytes, Date, Timestamp, Uuid, Violations};

pub use scalars::format::TextFormat;

/// What a contract demands of a text.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextRules {
    min_length: Option<usize>,
    max_length: Option<usize>,
    pattern: Option<&'static Pattern>,
    format: Option<TextFormat>,
}

impl TextRules {
    /// Any text.
    #[must_use]
    pub const fn new() -> Self {
        Self { min_length: None, max_length: None, pattern: None, format: None }
    }

    /// At least so many Unicode scalar values.
    #[must_use]
    pub const fn min_length(self, min: usize) -> Self {
        Self { min_length: Some(min), ..self }
    }

    /// At most so many Unicode scalar values.
    #[must_use]
    pub const fn max_length(self, max: usize) -> Self {
        Self { max_length: Some(max), ..self }
    }

    /// A pattern that occurs somewhere in the text.
    #[must_use]
    pub const fn pattern(self, pattern: &'static Pattern) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    /// A format.
    #[must_use]
    pub const fn format(self, format: TextFormat) -> Self {
        Self { format: Some(format), ..self }
    }

    fn check_text(&self, text: &str, at: &At<'_>, out: &mut Violations) {
        // A text never has more scalar values than bytes, so most need no counting.
        let too_long = |max: &usize| text.len() > *max && text.chars().count() > *max;
        let too_short = |min: &usize| text.chars().take(*min).count() < *min;
        if let Some(min) = self.min_length.filter(too_short) {
            out.expected(at, format_args!("at least {}", characters(min)));
        }
        if let Some(max) = self.max_length.filter(too_long) {
            out.expected(at, format_args!("at most {}", characters(max)));
            // Nothing else is worth the time that a text of any length would take.
            return;
        }
        match self.pattern.map(|pattern| (pattern.as_str(), pattern.is_match(text))) {
            None | Some((_, Ok(true))) => {}
            Some((pattern, Ok(false))) => {
                out.expected(at, format_args!("a match of the pattern `{pattern}`"));
            }
            Some((pattern, Err(_))) => out.expected(
                at,
                format_args!("a text that the pattern `{pattern}` decides in fewer steps"),
            ),
        }
        if let Some(format) = self.format.filter(|format| !format.is_met_by(text)) {
            out.expected(at, format_args!("{} such as {}", format.what(), format.example()));
        }
    }
}

impl Rules<String> for TextRules {
    fn check(&self, value: &String, at: &At<'_>, out: &mut Violations) {
        self.check_text(value, at, out);
    }
}

/// Rules for the texts of scalars that have a type of their own.
macro_rules! text_of {
    ($($scalar:ty),*) => {
        $(impl Rules<$scalar> for TextRules {
            fn check(&self, value: &$scalar, at: &At<'_>, out: &mut Violations) {
                self.check_text(&crate::to_text(value), at, out);
            }
        })*
    };
}

text_of!(bool, DecimalString, Uuid, Timestamp, Date, Bytes);

fn characters(n: usize) -> String {
    if n == 1 { "1 character".to_owned() } else { format!("{n} characters") }
}
