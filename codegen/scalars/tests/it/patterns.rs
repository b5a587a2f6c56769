//! Patterns, judged by `regress`, an engine of ECMA-262 that shares no code with ours.

use proptest::prelude::*;
use scalars::Pattern;

/// Whether a pattern occurs in a text by the other engine, in Unicode mode; none where it refuses the pattern.
fn judged(pattern: &str, text: &str) -> Option<bool> {
    let regex = regress::Regex::with_flags(pattern, "u").ok()?;
    Some(regex.find(text).is_some())
}

#[track_caller]
fn check(pattern: &str, matching: &[&str], other: &[&str]) {
    let compiled = Pattern::new(pattern).unwrap_or_else(|fault| panic!("`{pattern}`: {fault}"));
    for text in matching {
        assert_eq!(compiled.is_match(text), Ok(true), "`{pattern}` in {text:?}");
    }
    for text in other {
        assert_eq!(compiled.is_match(text), Ok(false), "`{pattern}` in {text:?}");
    }
}

#[track_caller]
fn refused(patterns: &[&str]) {
    for pattern in patterns {
        assert!(Pattern::new(pattern).is_err(), "`{pattern}` is taken");
    }
}

#[test]
fn classes_are_those_of_ecma_262() {
    check(r"^\d$", &["5"], &["٣", "a"]);
    check(r"^\w$", &["_", "Z"], &["é", "ſ"]);
    check(r"^\s$", &["\u{feff}", "\u{a0}", "\u{2029}", "\u{b}"], &["\u{85}", "\u{200b}", "x"]);
    check(r"^\S+$", &["\u{85}"], &["\u{feff}"]);
    check("^.$", &["\u{85}", "é", "😀"], &["\n", "\r", "\u{2028}", "\u{2029}"]);
    check(r"\bfoo\b", &["éfoo", "foo"], &["foot", "_foo"]);
    check(r"^caf\b.*$", &["café"], &["cafe"]);
    check(r"\B|É", &["1É_", "é", "ab"], &["a", "1-1"]);
    check("^[+--]+$", &[",", "+-,"], &["a", "."]);
    check("^[a&&b~~]+$", &["a&b~"], &["c"]);
    check("^[[]$", &["["], &["]"]);
    check("[^]", &["\n", "a"], &[""]);
    check("[]|a", &["a"], &["b", ""]);
    check(r"^[\b]$", &["\u{8}"], &["b"]);
    check(r"^[\w-.]+$", &["a-.b"], &["/"]);
    check(r"^\cC$", &["\u{3}"], &["cC"]);
    check(r"^\u{1F600}\uD83D\uDE00\x41\0$", &["😀😀A\0"], &["😀"]);
    check(r"^[\uD83D\uDE00-\uD83D\uDE4F]$", &["😂"], &["a"]);
    check(r"\uD800", &[], &["", "\u{fffd}"]);
    check("^a$", &["a"], &["a\n", "a\r"]);
    check("^a{,3}$", &["a{,3}"], &["aa"]);
    check("^{$|}|]", &["{", "}", "]"], &["a"]);
    check(r"^\-\_\#\ \@\/$", &["-_# @/"], &[]);
}

#[test]
fn properties_are_named_as_in_ecma_262() {
    check(r"^\p{Script=Greek}+$", &["λόγος"], &["logos"]);
    check(r"^\p{sc=Grek}\p{scx=Greek}$", &["λλ"], &["ll"]);
    check(r"^\p{L}\p{Lu}\p{Letter}\P{L}$", &["aÉé1"], &["aéé1"]);
    check(r"^[\p{Nd}\P{ASCII}]+$", &["1é"], &["a"]);
    check(r"^\p{Zl}$", &["\u{2028}"], &["\u{2029}"]);
    check(r"^\p{Emoji}\p{Any}\p{Assigned}$", &["😀ab"], &["aab"]);
    refused(&[
        r"\p{Greek}",
        r"\p{greek}",
        r"\p{Script=greek}",
        r"\p{latin}",
        r"\p{IsL}",
        r"\pL",
        r"\p{^L}",
    ]);
    refused(&[r"\p", r"\p{", r"\p{}", r"\p{L", r"\p{gc=Nope}", r"\p{Block=Basic_Latin}"]);
}

#[test]
fn every_property_has_characters() {
    let missing = Pattern::new(r"\p{CWKCF}").unwrap_err();
    assert!(missing.reason.contains("has no table here"), "{missing}");
    for name in ["RI", "EComp", "XIDS", "Bidi_M", "cntrl", "LC", "Cn", "Ideo"] {
        assert!(Pattern::new(&format!("\\p{{{name}}}")).is_ok(), "{name}");
    }
}

#[test]
fn what_other_dialects_know_is_refused() {
    refused(&[
        r"\Aabc\z",
        r"\Z",
        r"\a",
        r"\e",
        r"\h",
        r"\G",
        r"\x{41}",
        r"\Q.\E",
        r"\_\A",
        "(?i)abc",
        "(?P<n>a)",
        "(?#x)",
        "(?>a)",
        "a++",
        "a*+",
        "(?x: a)",
        "[[:alpha:]]x{2}{3}",
        r"\1",
        r"(a)\2",
        r"\k<a>",
        r"\07",
        r"\8",
        "(?<a>x)(?<a>y)",
        "(?:(?<a>x)|y)(?<a>z)",
        "(?<1a>b)",
        "(?<>b)",
        "(?-:a)",
        "(?ii:a)",
        r"\u{110000}",
        r"\u12",
        r"\x4",
        r"\c1",
        r"[\c]",
    ]);
    refused(&[
        "(", ")", "[", "*", "a**", "^*", "{2}", "a{3,2}", "[b-a]", "\\", "(?<=a)*", "(?", r"\b+",
        "(?<n",
    ]);
}

#[test]
fn what_is_not_regular_is_searched() {
    check(r"^(?!foo).*$", &["bar", ""], &["foo", "food"]);
    check(r"^(?=.*[A-Z])(?=.*\d).{8,}$", &["Passw0rd"], &["password", "Passw0r", ""]);
    check(r"(?<=\$)\d+", &["a$5"], &["a5"]);
    check(r"(?<!\$)\b\d+", &["a 5"], &["$5"]);
    check(r"^(a+)(b+)\1$", &["aabaa"], &["aabab"]);
    check(r"^(?<q>['\x22]).*\k<q>$", &["'a'", "\"a\""], &["'a\""]);
    check(r"^(?:(?<y>a)|(?<y>b))\k<y>$", &["aa", "bb"], &["ab"]);
    // A group that took no part matches nothing, and each repetition forgets.
    check(r"^(?:(a)|b)*\1$", &["b", "ab", "aa"], &[]);
    check(r"^\1(a)$", &["a"], &["aa"]);
    check(r"(?<=(\d+)(\d+))$", &["1053"], &["a"]);
    check(r"(?i:ab)c", &["ABc", "abc"], &["ABC"]);
    check(r"(?m:^b$)", &["a\nb", "a\u{2028}b\rc"], &["ab"]);
    check("(?s:a.b)", &["a\nb"], &["a\n\nb"]);
    check(r"(?i:(a)\1)", &["aA"], &["ab"]);
    check("(?:a?)*?$", &["aaa", ""], &[]);
    check("(?:){1000}a", &["a"], &["b"]);
    check("^(?:a{1000}){1000}$", &[], &["aaa"]);
}

#[test]
fn steps_are_bounded_and_the_stack_too() {
    let many = "a".repeat(100_000);
    assert!(Pattern::new("^(?=(?:a|b)*$)a+$").unwrap().is_match(&many).unwrap());
    for hopeless in [r"^(a*)*\1c", "(?=(a+)+)(a+)+$(?!)", r"(?:(?=a)a*)*b"] {
        let started = std::time::Instant::now();
        let _ = Pattern::new(hopeless).unwrap().is_match(&many);
        assert!(started.elapsed().as_secs() < 10, "{hopeless}");
    }
    assert!(Pattern::new(&"(".repeat(10_000)).is_err());
    assert!(Pattern::new(&format!("{}a{}", "(?:".repeat(199), ")*".repeat(199))).is_ok());
}

#[test]
fn faults_tell_the_place() {
    let fault = Pattern::new(r"^ab\Z").unwrap_err();
    assert_eq!(
        fault.to_string(),
        "`\\Z` means nothing in ECMA-262: the end of the text is `$` (at character 4)"
    );
}

/// Small patterns over few characters, so that texts hit them.
fn patterns() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        8 => prop::sample::select(vec![
            "a", "b", "A", "-", ".", r"\d", r"\w", r"\W", r"\s", "[ab]", "[^a]", r"[\w-]", "[a-b-]", r"\b", r"\B", "^",
            "$", r"\1", r"\2", "é", r"\u00e9", "ſ", "k", r"\n", "[^]", "[]", r"\p{Lu}", r"\P{L}", r"[\d\s]", r"\x61",
        ]).prop_map(str::to_owned),
    ];
    atom.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            3 => inner.clone().prop_map(|inner| format!("({inner})")),
            3 => (inner.clone(), prop::sample::select(vec!["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}"]))
                .prop_map(|(inner, times)| format!("(?:{inner}){times}")),
            2 => (inner.clone(), prop::sample::select(vec!["?=", "?!", "?<=", "?<!", "?i:", "?s:", "?m:", "?-i:"]))
                .prop_map(|(inner, look)| format!("({look}{inner})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_another_engine(pattern in patterns(), texts in prop::collection::vec(r"[abAkKſéÉ \n\r\u{2028}1_-]{0,6}", 4)) {
        let ours = Pattern::new(&pattern);
        for text in texts {
            match (judged(&pattern, &text), &ours) {
                (Some(theirs), Ok(ours)) => match ours.is_match(&text) {
                    Ok(found) => prop_assert_eq!(found, theirs, "`{}` in {:?}", pattern, text),
                    Err(_) => prop_assert!(false, "`{}` takes too long on {:?}", pattern, text),
                },
                (Some(_), Err(fault)) => prop_assert!(false, "`{}` is refused: {}", pattern, fault),
                (None, _) => {}
            }
        }
    }

    /// Whatever the pattern, there is an answer.
    #[test]
    fn nothing_panics(pattern in r"[()\[\]{}|*+?^$.\\abdpukx1-9<>=!:,-]{0,12}", text in r"\PC{0,8}") {
        if let Ok(ours) = Pattern::new(&pattern) {
            let found = ours.is_match(&text);
            if let (Ok(found), Some(theirs)) = (found, judged(&pattern, &text)) {
                prop_assert_eq!(found, theirs, "`{}` in {:?}", pattern, text);
            }
        } else if let Err(fault) = Pattern::new(&pattern) {
            // The other engine repeats places such as `\b*`, which the grammar does not.
            let is_judged = judged(&pattern, &text).is_some() && !fault.reason.contains("be repeated");
            prop_assert!(!is_judged, "`{}` is refused: {}", pattern, fault);
        }
    }
}
