//! What stays, what is added, and what is refused.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;

#[test]
fn a_key_comes_last_and_comments_stay() {
    let text = "# head\na:\n  b: 1 # one\n  # about c\n  c: |\n    text\n\n# tail\nd: 2\n";
    let edited = insert(text, &["a"], "e", "f: 1\ng: [2]").unwrap();
    assert_eq!(
        edited,
        "# head\na:\n  b: 1 # one\n  # about c\n  c: |\n    text\n  e:\n    f: 1\n    g: [2]\n\n# tail\nd: 2\n"
    );
}

#[test]
fn what_is_missing_of_the_way_is_made() {
    assert_eq!(insert("a: 1\n", &["b", "c"], "d", "e").unwrap(), "a: 1\nb:\n  c:\n    d: e\n");
    assert_eq!(insert("a:\nb: 1", &["a"], "c", "2").unwrap(), "a:\n  c: 2\nb: 1");
    assert_eq!(insert("a: {}\n", &["a"], "/x/{y}", "z: 1").unwrap(), "a:\n  /x/{y}:\n    z: 1\n");
    assert_eq!(insert("a: 1", &[], "200", "b").unwrap(), "a: 1\n'200': b");
}

#[test]
fn what_stands_beside_an_empty_mapping_stays() {
    let insert = |text: &str, way: &[&str]| insert(text, way, "x", "y: 1").unwrap();
    assert_eq!(insert("a: {} # none\nb: 1\n", &["a"]), "a: # none\n  x:\n    y: 1\nb: 1\n");
    assert_eq!(insert("a: {  }   # 1 }\n", &["a"]), "a:   # 1 }\n  x:\n    y: 1\n");
    assert_eq!(insert("a: {} # b\r\n", &["a"]), "a: # b\r\n  x:\r\n    y: 1\r\n");
    assert_eq!(insert("a: &b {}\nc: 1\n", &["a"]), "a: &b\n  x:\n    y: 1\nc: 1\n");
    assert_eq!(insert("{} # all\n", &[]), " # all\nx:\n  y: 1\n");
    assert_eq!(insert("a: {b: {}}\n", &["a", "b"]), "a: {b: {\"x\": {\"y\": 1}}}\n");
    assert_eq!(insert("a: {b: {}, c: 1}\n", &["a", "b"]), "a: {b: {\"x\": {\"y\": 1}}, c: 1}\n");
    assert_eq!(insert("a: {\n  # none }\n}\n", &["a"]), "a: {\n  # none }\n\"x\": {\"y\": 1}}\n");
    let json = "{\n  \"a\": {}\n}\n";
    assert_eq!(insert(json, &["a"]), "{\n  \"a\": {\"x\": {\"y\": 1}}\n}\n");
    assert_eq!(append("a: [] # see [1]\n", &["a"], "x").unwrap(), "a: [\"x\"] # see [1]\n");
}

#[test]
fn json_stays_json() {
    let text = "{\n  \"a\": {\n    \"b\": 1\n  },\n  \"c\": []\n}\n";
    let edited = insert(text, &["a"], "d", "e: [f]\ng: h").unwrap();
    assert_eq!(
        edited,
        "{\n  \"a\": {\n    \"b\": 1,\n    \"d\": {\"e\": [\"f\"], \"g\": \"h\"}\n  },\n  \"c\": []\n}\n"
    );
    assert!(serde_json::from_str::<Json>(&edited).is_ok());
    let edited = append(text, &["c"], "x").unwrap();
    assert!(serde_json::from_str::<Json>(&edited).unwrap()["c"][0] == "x", "{edited}");
}

#[test]
fn elements_come_last_and_once() {
    let text = "a:\n- b # first\nc: [d]\ne:\n    - f: 1\n      g: 2\n";
    let edited = append(text, &["a"], "x").unwrap();
    assert!(edited.starts_with("a:\n- b # first\n- x\nc:"), "{edited}");
    assert_eq!(append(text, &["c"], "d").unwrap(), text);
    assert!(append(text, &["c"], "x").unwrap().contains("c: [d, \"x\"]"));
    assert!(append(text, &["e"], "f: 3\ng: 4").unwrap().ends_with("    - f: 3\n      g: 4\n"));
    assert_eq!(append("a: 1\n", &["l"], "x").unwrap(), "a: 1\nl:\n  - x\n");
}

#[test]
fn what_is_removed_takes_its_lines_along() {
    let text = "a:\n  # one\n  b: 1\n  # two\n  c:\n    d: 2\n\ne: [1, 2, 3]\nf: {g: 1, h: 2}\n";
    assert_eq!(remove(text, &["a", "c"]).unwrap(), text.replace("  c:\n    d: 2\n", ""));
    assert_eq!(remove(text, &["a", "c", "d"]).unwrap(), text.replace("c:\n    d: 2\n", "c: {}\n"));
    assert_eq!(remove(text, &["e", "0"]).unwrap(), text.replace("[1, 2, 3]", "[2, 3]"));
    assert_eq!(remove(text, &["e", "2"]).unwrap(), text.replace("[1, 2, 3]", "[1, 2]"));
    assert_eq!(remove(text, &["f", "g"]).unwrap(), text.replace("{g: 1, h: 2}", "{h: 2}"));
    let list = "a:\n- b: 1 # first\n  c: 2\n- d: 3\n";
    assert_eq!(remove(list, &["a", "1"]).unwrap(), "a:\n- b: 1 # first\n  c: 2\n");
    assert_eq!(remove(list, &["a", "0"]).unwrap(), "a:\n- d: 3\n");
    assert_eq!(remove("a:\n- b: 1\n", &["a", "0"]).unwrap(), "a: []\n");
    for way in [&["x"][..], &["e", "3"], &[], &["a", "b", "c"]] {
        assert!(remove(text, way).is_err(), "{way:?}");
    }
}

#[test]
fn texts_are_replaced_in_their_own_style() {
    assert_eq!(set("a: b # c\n", &["a"], "x y").unwrap(), "a: x y # c\n");
    assert_eq!(set("a: 'b'\n", &["a"], "x").unwrap(), "a: \"x\"\n");
    assert_eq!(set("a: b\n", &["a"], "5: #").unwrap(), "a: \"5: #\"\n");
    assert_eq!(set("a:\n- b\n", &["a", "0"], "no").unwrap_or_default(), "a:\n- no\n");
    assert_eq!(set("a: '' # b\n", &["a"], "x").unwrap(), "a: \"x\" # b\n");
    assert_eq!(set("a: 'b''' # c\n", &["a"], "x").unwrap(), "a: \"x\" # c\n");
    assert_eq!(set("a: \"\\\"\" # c\n", &["a"], "x").unwrap(), "a: \"x\" # c\n");
    assert!(set("a: 5\n", &["a"], "x").is_err());
}

#[test]
fn comments_are_erased_with_their_lines() {
    let text = "a: 1 # one\n# two\nb: 2\n";
    assert_eq!(erase(text, 5, 10).unwrap(), "a: 1\n# two\nb: 2\n");
    assert_eq!(erase(text, 11, 16).unwrap(), "a: 1 # one\nb: 2\n");
    assert!(erase(text, 0, 4).is_err());
}

#[test]
fn line_ends_of_windows_stay() {
    let edited = insert("a:\r\n  b: 1\r\nc: 2\r\n", &["a"], "d", "e: 1").unwrap();
    assert_eq!(edited, "a:\r\n  b: 1\r\n  d:\r\n    e: 1\r\nc: 2\r\n");
}

#[test]
fn what_cannot_be_added_to_is_refused() {
    let refused = |text: &str, way: &[&str], key: &str| insert(text, way, key, "1").unwrap_err();
    assert!(refused("a:\n  b: 1\n", &["a"], "b").contains("already has `b`"));
    assert!(refused("a: [1]\n", &["a"], "b").contains("not a mapping"));
    assert!(refused("a: {$ref: x.yaml}\n", &["a"], "b").contains("is a reference"));
    // An edit of what an alias repeats would change both.
    assert!(refused("a: &x\n  b: 1\nc: *x\n", &["c"], "d").contains("manually"));
    assert!(refused("a: [\n", &["a"], "b").contains("not valid"));
    assert!(append("a:\n  b: 1\n", &["a"], "x").unwrap_err().contains("not a list"));
}
