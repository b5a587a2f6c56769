//! `\p{…}`: the names that ECMA-262 gives the properties of Unicode.
//!
//! The tables are those of `regex-syntax`, which takes names loosely; here they are taken as ECMA-262 spells them.

use regex_syntax::hir::{Class, ClassUnicode, HirKind, Literal};

/// The characters of a property: `L`, `Letter`, `gc=L`, `Script=Greek`, `Alphabetic`.
pub(super) fn characters(text: &str) -> Result<ClassUnicode, String> {
    let query = match text.split_once('=') {
        Some(("gc" | "General_Category", value)) if is_category(value) => format!("gc={value}"),
        Some(("sc" | "Script", value)) if is_script(value) => format!("sc={value}"),
        Some(("scx" | "Script_Extensions", value)) if is_script(value) => format!("scx={value}"),
        None if is_category(text) => format!("gc={text}"),
        None if BINARY.split_ascii_whitespace().any(|name| name == text) => text.to_owned(),
        _ => return Err(unknown(text)),
    };
    let hir = regex_syntax::parse(&format!("\\p{{{query}}}"))
        .map_err(|_| format!("the property `{text}` has no table here"))?;
    match hir.into_kind() {
        HirKind::Class(Class::Unicode(set)) => Ok(set),
        HirKind::Literal(Literal(bytes)) => {
            let text = String::from_utf8_lossy(&bytes);
            let ranges = text.chars().map(|c| super::syntax::range(c.into(), c.into()));
            Ok(ranges.fold(ClassUnicode::empty(), |mut all, one| {
                all.union(&one);
                all
            }))
        }
        _ => Ok(ClassUnicode::empty()),
    }
}

fn unknown(text: &str) -> String {
    let script = format!("\\p{{sc={text}}}");
    let help = match is_script(text) && regex_syntax::parse(&script).is_ok() {
        true => format!(": write `Script={text}`"),
        false => String::new(),
    };
    format!("ECMA-262 knows no property `{text}`{help}")
}

fn is_category(text: &str) -> bool {
    CATEGORIES.split_ascii_whitespace().any(|name| name == text)
}

/// Scripts have names such as `Old_Italic`, and short ones of four letters.
fn is_script(text: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_uppercase())
            && word[1..].bytes().all(|byte| byte.is_ascii_lowercase())
    };
    text == "SignWriting" || text.split('_').all(word)
}

/// `General_Category` values and their aliases (ECMA-262, table of `UnicodeMatchPropertyValue`).
const CATEGORIES: &str = "\
    C Other Cc Control cntrl Cf Format Cn Unassigned Co Private_Use Cs Surrogate \
    L Letter LC Cased_Letter Ll Lowercase_Letter Lm Modifier_Letter Lo Other_Letter \
    Lt Titlecase_Letter Lu Uppercase_Letter M Mark Combining_Mark Mc Spacing_Mark \
    Me Enclosing_Mark Mn Nonspacing_Mark N Number Nd Decimal_Number digit Nl Letter_Number \
    No Other_Number P Punctuation punct Pc Connector_Punctuation Pd Dash_Punctuation \
    Pe Close_Punctuation Pf Final_Punctuation Pi Initial_Punctuation Po Other_Punctuation \
    Ps Open_Punctuation S Symbol Sc Currency_Symbol Sk Modifier_Symbol Sm Math_Symbol \
    So Other_Symbol Z Separator Zl Line_Separator Zp Paragraph_Separator Zs Space_Separator";

/// Binary properties and their aliases (ECMA-262, table of `UnicodeMatchProperty`).
const BINARY: &str = "\
    ASCII ASCII_Hex_Digit AHex Alphabetic Alpha Any Assigned Bidi_Control Bidi_C Bidi_Mirrored \
    Bidi_M Case_Ignorable CI Cased Changes_When_Casefolded CWCF Changes_When_Casemapped CWCM \
    Changes_When_Lowercased CWL Changes_When_NFKC_Casefolded CWKCF Changes_When_Titlecased CWT \
    Changes_When_Uppercased CWU Dash Default_Ignorable_Code_Point DI Deprecated Dep Diacritic \
    Dia Emoji Emoji_Component EComp Emoji_Modifier EMod Emoji_Modifier_Base EBase \
    Emoji_Presentation EPres Extended_Pictographic ExtPict Extender Ext Grapheme_Base Gr_Base \
    Grapheme_Extend Gr_Ext Hex_Digit Hex IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST \
    ID_Continue IDC ID_Start IDS Ideographic Ideo Join_Control Join_C Logical_Order_Exception \
    LOE Lowercase Lower Math Noncharacter_Code_Point NChar Pattern_Syntax Pat_Syn \
    Pattern_White_Space Pat_WS Quotation_Mark QMark Radical Regional_Indicator RI \
    Sentence_Terminal STerm Soft_Dotted SD Terminal_Punctuation Term Unified_Ideograph UIdeo \
    Uppercase Upper Variation_Selector VS White_Space space XID_Continue XIDC XID_Start XIDS";
