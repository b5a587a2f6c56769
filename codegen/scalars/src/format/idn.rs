//! Labels of host names in other scripts: U-labels and A-labels (RFC 5890 to 5893).
//!
//! Whether a label is normal, and whether its directions fit together, is for the `idna` crate, which maps what looks
//! alike; here a label that would be mapped is refused, as IDNA2008 has it, and its contextual rules are added.

use std::sync::OnceLock;

use idna::punycode;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use regex_syntax::hir::{Class, ClassUnicode, HirKind};

use crate::pattern::holds;

const MAX_BYTES: usize = 63;

/// Whether a host name has an ASCII form, perhaps after what looks alike is mapped; the directions of its labels are
/// looked at together.
pub(super) fn is_mappable(name: &str) -> bool {
    let deny = AsciiDenyList::STD3;
    Uts46::new().to_ascii(name.as_bytes(), deny, Hyphens::Check, DnsLength::Verify).is_ok()
}

/// How many bytes a label has in ASCII; none when it is no U-label.
pub(super) fn ascii_length(label: &str) -> Option<usize> {
    let encoded = punycode::encode_str(label).filter(|_| is_u_label(label))?;
    let length = "xn--".len() + encoded.len();
    (length <= MAX_BYTES).then_some(length)
}

/// Whether a label is the ASCII form of a U-label, and that form the only one.
pub(super) fn is_a_label(label: &str) -> bool {
    let rest = label.get(..4).filter(|start| start.eq_ignore_ascii_case("xn--"));
    let Some(rest) = rest.map(|_| &label[4..]) else { return false };
    let decoded = punycode::decode_to_string(rest);
    decoded.is_some_and(|decoded| {
        let again = punycode::encode_str(&decoded);
        !decoded.is_ascii()
            && is_u_label(&decoded)
            && again.is_some_and(|again| again.eq_ignore_ascii_case(rest))
    })
}

fn is_u_label(label: &str) -> bool {
    let characters: Vec<char> = label.chars().collect();
    let starts_well = characters.first().is_some_and(|first| !holds(marks(), *first));
    let allowed = (0..characters.len()).all(|at| is_allowed(&characters, at));
    if !starts_well || !allowed || label.get(2..4) == Some("--") {
        return false;
    }
    let (same, faults) =
        Uts46::new().to_unicode(label.as_bytes(), AsciiDenyList::STD3, Hyphens::Check);
    faults.is_ok() && same == label
}

/// Whether a character may stand at its place (RFC 5892, sections 2 and 2.6, and appendix A).
fn is_allowed(label: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| label.get(at));
    let after = label.get(at + 1);
    let script = |set: &ClassUnicode, character: Option<&char>| {
        character.is_some_and(|character| holds(set, *character))
    };
    match label[at] {
        '-' => true,
        // Where these may stand, the `idna` crate knows (`CheckJoiners`).
        '\u{200c}' | '\u{200d}' => true,
        'ß' | 'ς' | '\u{6fd}' | '\u{6fe}' | '\u{f0b}' | '\u{3007}' => true,
        '\u{640}' | '\u{7fa}' | '\u{302e}' | '\u{302f}' | '\u{3031}'..='\u{3035}' | '\u{303b}' => {
            false
        }
        '\u{b7}' => before == Some(&'l') && after == Some(&'l'),
        '\u{375}' => script(greek(), after),
        '\u{5f3}' | '\u{5f4}' => script(hebrew(), before),
        '\u{30fb}' => label.iter().any(|character| holds(japanese(), *character)),
        '\u{660}'..='\u{669}' => !label.iter().any(|c| ('\u{6f0}'..='\u{6f9}').contains(c)),
        '\u{6f0}'..='\u{6f9}' => !label.iter().any(|c| ('\u{660}'..='\u{669}').contains(c)),
        character => holds(letters(), character),
    }
}

/// The characters of a class, which is read once.
macro_rules! class {
    ($name:ident, $pattern:literal) => {
        fn $name() -> &'static ClassUnicode {
            static CLASS: OnceLock<ClassUnicode> = OnceLock::new();
            CLASS.get_or_init(|| match regex_syntax::parse($pattern).map(|hir| hir.into_kind()) {
                Ok(HirKind::Class(Class::Unicode(class))) => class,
                _ => ClassUnicode::empty(),
            })
        }
    };
}

class!(letters, r"[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}]");
class!(marks, r"\p{M}");
class!(greek, r"\p{Greek}");
class!(hebrew, r"\p{Hebrew}");
// The katakana middle dot is of no script, so that it does not allow itself.
class!(japanese, r"[\p{Hiragana}\p{Katakana}\p{Han}]");
