//! The values of a file: a column of CSV (RFC 4180), a JSON array, or lines.

use std::path::Path;

use serde_json::Value;

use super::Feed;

/// The values that a feed names; the error says where the file is wrong.
pub(super) fn values(feed: &Feed) -> Result<Vec<Value>, String> {
    let failed = |why: &str| format!("--input {}: {}: {why}", feed.name, feed.file);
    let text = std::fs::read(&feed.file).map_err(|error| failed(&error.to_string()))?;
    let text = String::from_utf8(text).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter();
        let line = line.filter(|byte| **byte == b'\n').count() + 1;
        failed(&format!("line {line} is not UTF-8; convert the file"))
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let column = feed.column.as_deref().unwrap_or(&feed.name);
    let is =
        |end: &str| Path::new(&feed.file).extension().is_some_and(|e| e.eq_ignore_ascii_case(end));
    let values = if is("json") {
        of_json(text, column)
    } else if is("csv") {
        of_csv(text, column)
    } else {
        Ok(text.lines().filter(|line| !line.trim().is_empty()).map(Value::from).collect())
    };
    let values = values.map_err(|why| failed(&why))?;
    if values.is_empty() { Err(failed("no value")) } else { Ok(values) }
}

fn of_json(text: &str, column: &str) -> Result<Vec<Value>, String> {
    let all: Vec<Value> =
        serde_json::from_str(text).map_err(|error| format!("expected a JSON array: {error}"))?;
    let member = |(index, value): (usize, Value)| match value {
        Value::Object(mut members) => members
            .remove(column)
            .ok_or_else(|| format!("element {index} has no member `{column}`")),
        other => Ok(other),
    };
    all.into_iter().enumerate().map(member).collect()
}

fn of_csv(text: &str, column: &str) -> Result<Vec<Value>, String> {
    let mut rows = rows(text)?.into_iter();
    let (_, head) = rows.next().ok_or("no header line")?;
    let mut named = head.iter().enumerate().filter(|(_, name)| name.trim() == column);
    let (index, _) = named
        .next()
        .ok_or_else(|| format!("no column `{column}`; the columns are {}", head.join(", ")))?;
    if named.next().is_some() {
        return Err(format!("the header has the column `{column}` twice"));
    }
    let cell = |(line, row): (usize, Vec<String>)| match row.get(index) {
        Some(cell) if row.len() == head.len() => Ok(scalar(cell)),
        _ => {
            let (found, expected) = (row.len(), head.len());
            Err(format!(
                "line {line}: found {found} cells, expected {expected} as in the header; quote a cell that holds a comma"
            ))
        }
    };
    rows.map(cell).collect()
}

/// A number or a word of JSON that is written as JSON writes it; anything else, such as `1.10`, is text, and whoever
/// expects a number takes it for one.
fn scalar(cell: &str) -> Value {
    let read = serde_json::from_str::<Value>(cell).ok();
    let same = read.filter(|value| {
        !value.is_object()
            && !value.is_array()
            && !value.is_string()
            && serde_json::to_string(value).is_ok_and(|written| written == cell)
    });
    same.unwrap_or_else(|| Value::from(cell))
}

/// The rows of a CSV text (RFC 4180), each with the line on which it begins.
fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quoted, mut is_closed, mut line, mut first) = (false, false, 1, 1);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        line += usize::from(char == '\n');
        match char {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted => (is_quoted, is_closed) = (false, true),
            _ if is_closed && !matches!(char, ',' | '\r' | '\n') => {
                return Err(format!("line {line}: text after the closing quote of a cell"));
            }
            '"' if cell.is_empty() => is_quoted = true,
            _ if is_quoted => cell.push(char),
            ',' => {
                is_closed = false;
                row.push(std::mem::take(&mut cell));
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                is_closed = false;
                row.push(std::mem::take(&mut cell));
                rows.push((std::mem::replace(&mut first, line), std::mem::take(&mut row)));
            }
            _ => cell.push(char),
        }
    }
    if is_quoted {
        return Err(format!("line {first}: a quoted cell is not closed"));
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((first, row));
    }
    rows.retain(|(_, row)| row.len() > 1 || row.first().is_some_and(|cell| !cell.is_empty()));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use serde_json::json;

    use super::*;

    #[test]
    fn csv_cells_are_what_they_look_like() {
        let text = "name,age\r\n\"Ada, \"\"the\"\" first\",36\nBob,x\n";
        assert_eq!(of_csv(text, "name").unwrap(), [json!("Ada, \"the\" first"), json!("Bob")]);
        assert_eq!(of_csv(text, "age").unwrap(), [json!(36), json!("x")]);
        assert!(of_csv(text, "city").unwrap_err().contains("name, age"));
        assert!(of_csv("a\n\"x", "a").unwrap_err().contains("is not closed"));
        for (text, why) in [
            ("a,b\n\n\"1\n\",2\n1\n", "line 5: found 1 cells, expected 2"),
            ("a,b\n1,2,3\n", "line 2: found 3 cells"),
            ("b,a,b\n1,2,3\n", "`b` twice"),
            ("a,b\n1,\"2\"x\n", "line 2: text after the closing quote"),
            ("a,b\n1,\"2\" \n", "line 2: text after"),
            ("a,b\n1,\"\"x\n", "line 2: text after"),
            ("", "no header line"),
        ] {
            let error = of_csv(text, "b").unwrap_err();
            assert!(error.contains(why), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_cell_keeps_every_digit() {
        let text = "id\n1.10\n1e5\n12345678901234567890123\n 7\n-3\ntrue\n\"\"\"x\"\"\"\n";
        let expected = [
            json!("1.10"),
            json!("1e5"),
            json!("12345678901234567890123"),
            json!(" 7"),
            json!(-3),
            json!(true),
            json!("\"x\""),
        ];
        assert_eq!(of_csv(text, "id").unwrap(), expected);
    }

    #[test]
    fn a_file_is_text_and_has_values() {
        let folder = std::env::temp_dir().join(format!("feeds-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let read = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).unwrap();
            values(&format!("age={}", path.display()).parse().unwrap())
        };
        for name in ["bom.txt", "bom.csv", "bom.json"] {
            let text = if name == "bom.json" { "[7]" } else { "age\r\n7\r\n" };
            let found = read(name, format!("\u{feff}{text}").as_bytes()).unwrap();
            assert!(["7", "age"].contains(&crate::text(&found[0]).as_str()), "{name}: {found:?}");
        }
        assert!(read("latin.csv", b"age\n\xfc\n").unwrap_err().contains("line 2 is not UTF-8"));
        for (name, text) in [("none.csv", "age\n"), ("none.json", "[]"), ("none.txt", "\n\n")] {
            assert!(read(name, text.as_bytes()).unwrap_err().contains("no value"), "{name}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn json_lists_hold_values_or_objects_with_them() {
        assert_eq!(of_json("[1, {\"a\": 2}]", "a").unwrap(), [json!(1), json!(2)]);
        assert!(of_json("[{\"b\": 2}]", "a").unwrap_err().contains("element 0"));
        assert!(of_json("{}", "a").unwrap_err().contains("JSON array"));
    }
}
